package io.terrarium.slugingress;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceFault;
import io.terrarium.kernel.log.LogScope;
import io.terrarium.slugingress.limit.Allowance;
import io.terrarium.slugingress.limit.IngressFault;
import io.terrarium.slugingress.limit.IngressLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.eclipse.jgit.errors.LargeObjectException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Lets so many pieces of work be done at once, each in a thread and a directory of its own, and
/// each until its time is over.
///
/// Who comes when all places are taken waits a while: callers are jobs that would only come again,
/// later and in another order. Work is done by platform threads, since packing keeps a processor
/// busy for seconds, and virtual threads that do so keep all others waiting.
final class Turns implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Turns.class);
  private static final Duration WAIT_MAX = Duration.ofSeconds(60);
  private static final Duration GRACE = Duration.ofSeconds(10);

  private final IngressLimits limits;
  private final Workroom room;
  private final Places places;
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
    this.places = new Places(limits.atOnce());
    this.waitMax = limits.time().compareTo(WAIT_MAX) < 0 ? limits.time() : WAIT_MAX;
    clockwork.setRemoveOnCancelPolicy(true);
  }

  /// @param host that is asked
  /// @throws Fault.Unavailable when there is no place for too long
  <T> T take(String host, Work<T> work) {
    Map<String, String> logged = LogScope.fields();
    FutureTask<T> task = new FutureTask<>(() -> inTurn(work, logged));
    try {
      if (!places.take(host, waitMax)) {
        throw new Fault.Unavailable("Too many repositories are being fetched.", null);
      }
      Thread.ofPlatform().daemon().name("ingress").start(() -> inPlace(host, task));
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

  private void inPlace(String host, FutureTask<?> task) {
    working.add(Thread.currentThread());
    try {
      task.run();
    } finally {
      working.remove(Thread.currentThread());
      places.giveBack(host);
    }
  }

  private <T> T inTurn(Work<T> work, Map<String, String> logged) throws IOException {
    Path bench = room.bench();
    try (LogScope _ = LogScope.open(logged);
        Allowance allowance = Allowance.forThisThread(limits, clockwork)) {
      try {
        return work.run(allowance, bench);
      } catch (RuntimeException e) {
        // Whatever its end has made of the work, the reason for the end is what counts.
        allowance.check();
        throw told(e);
      } catch (IOException e) {
        allowance.check();
        throw e;
      } catch (OutOfMemoryError e) {
        // One large piece could not be had; the rest of the process has what it had before.
        throw new IngressFault(
            Reason.TOO_LARGE, "The repository takes more memory than there is.", e);
      } catch (StackOverflowError e) {
        throw broken(e);
      }
    } finally {
      Workroom.remove(bench);
    }
  }

  /// What stands in a repository is anybody's, and JGit takes some of it amiss in ways of its own.
  /// The next try would end the same, so it is the repository that the caller is told of.
  private RuntimeException told(RuntimeException fault) {
    return switch (fault) {
      case IngressFault known -> known;
      case Fault known -> known;
      case ServiceFault known -> known;
      case UncheckedIOException known -> known;
      case LargeObjectException large ->
          new IngressFault(
              Reason.TOO_LARGE,
              "The repository has a commit or a directory that is too large to be read.",
              large);
      default ->
          clockwork.isShutdown()
              ? new Fault.Unavailable("The service is being stopped.", fault)
              : broken(fault);
    };
  }

  private static IngressFault broken(Throwable bug) {
    log.atError().setCause(bug).log("a repository could not be read by a bug, or is broken");
    return new IngressFault(
        Reason.BROKEN_REPOSITORY,
        "The repository cannot be read; the log of slug-ingress says more.",
        bug);
  }

  private static RuntimeException ofWork(Throwable fault) {
    return switch (fault) {
      case UncheckedIOException e -> noRoom(e);
      case RuntimeException e -> e;
      case IOException e -> noRoom(e);
      case Error e -> throw e;
      default -> new IllegalStateException(fault);
    };
  }

  private static RuntimeException noRoom(Exception e) {
    return new Fault.Unavailable("There is no room to work in.", e);
  }

  @Override
  public void close() throws IOException {
    clockwork.shutdownNow();
    working.forEach(Thread::interrupt);
    room.close();
  }
}
