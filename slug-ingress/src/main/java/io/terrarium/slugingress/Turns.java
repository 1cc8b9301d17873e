package io.terrarium.slugingress;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import io.terrarium.slugingress.limit.IngressLimits;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Lets so many pieces of work be done at once, each in a thread and a directory of its own, and
/// each until its time is over.
///
/// Who comes when all places are taken waits a while: callers are jobs that would only come again,
/// later and in another order. Work is done by platform threads, since packing keeps a processor
/// busy for seconds, and virtual threads that do so keep all others waiting.
final class Turns implements AutoCloseable {
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final IngressLimits limits;
  private final Workroom room;
  private final Semaphore places;
  private final Duration waitMax;
  private final Set<Thread> working = ConcurrentHashMap.newKeySet();
  private final ScheduledThreadPoolExecutor clockwork =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("ingress-clockwork").factory());

  /// What is done in a turn.
  @FunctionalInterface
  interface Work<T> {
    T run(Allowance allowance, Path bench) throws IOException;
  }

  Turns(IngressLimits limits, Workroom room) {
    this.limits = limits;
    this.room = room;
    this.places = new Semaphore(limits.atOnce(), true);
    this.waitMax = limits.time().compareTo(WAIT_MAX) < 0 ? limits.time() : WAIT_MAX;
    clockwork.setRemoveOnCancelPolicy(true);
  }

  /// @throws Fault.Unavailable when there is no place for too long
  <T> T take(Work<T> work) {
    Map<String, String> logged = LogScope.fields();
    FutureTask<T> task = new FutureTask<>(() -> inTurn(work, logged));
    try {
      if (!places.tryAcquire(waitMax.toMillis(), TimeUnit.MILLISECONDS)) {
        throw new Fault.Unavailable("Too many repositories are being fetched.", null);
      }
      Thread.ofPlatform().daemon().name("ingress").start(() -> inPlace(task));
      return task.get(limits.time().plus(GRACE).toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException e) {
      throw ofWork(Objects.requireNonNull(e.getCause()));
    } catch (TimeoutException e) {
      task.cancel(true);
      throw new IngressFault(Reason.TOO_SLOW, "The repository could not be had in time.", e);
    } catch (InterruptedException e) {
      task.cancel(true);
      Thread.currentThread().interrupt();
      throw new Fault.Unavailable("The service is being stopped.", e);
    }
  }

  private void inPlace(FutureTask<?> task) {
    working.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      working.remove(Thread.currentThread());
      places.release();
    }
  }

  private <T> T inTurn(Work<T> work, Map<String, String> logged) throws IOException {
    Path bench = room.bench();
    try (LogScope _ = LogScope.open(logged);
        Allowance allowance = Allowance.forThisThread(limits, clockwork)) {
      try {
        return work.run(allowance, bench);
      } catch (RuntimeException | IOException e) {
        // Whatever its end has made of the work, the reason for the end is what counts.
        allowance.check();
        throw e;
      } catch (OutOfMemoryError e) {
        // One large piece could not be had; the rest of the process has what it had before.
        throw new IngressFault(
            Reason.TOO_LARGE, "The repository takes more memory than there is.", e);
      }
    } finally {
      Workroom.remove(bench);
    }
  }

  private static RuntimeException ofWork(Throwable fault) {
    return switch (fault) {
      case RuntimeException e -> e;
      case IOException e -> new Fault.Unavailable("There is no room to work in.", e);
      case Error e -> throw e;
      default -> new IllegalStateException(fault);
    };
  }

  @Override
  public void close() throws IOException {
    clockwork.shutdownNow();
    working.forEach(Thread::interrupt);
    room.close();
  }
}
