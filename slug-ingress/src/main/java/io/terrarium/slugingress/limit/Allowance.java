package io.terrarium.slugingress.limit;

import io.terrarium.contracts.ingress.IngressFailure.Reason;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What one ingress has left. It looks at the clock by itself: when time is over, or the host has
/// been silent for too long, it ends whatever the ingress waits for.
///
/// The first fault is the one that counts. What libraries make of it on its way up is their
/// business: [#fault] still has it.
public final class Allowance implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Allowance.class);
  private static final long LOOK_MILLIS = 250;
  private static final long NOT_LISTENING = Long.MAX_VALUE;
  private static final long REFS_BYTES_MAX = 16 * IngressLimits.MEGABYTE;

  private final IngressLimits limits;
  private final Thread worker;
  private final long start = System.nanoTime();
  private final Queue<Runnable> ends = new ConcurrentLinkedQueue<>();
  private final AtomicReference<Optional<RuntimeException>> fault =
      new AtomicReference<>(Optional.empty());
  private final ScheduledFuture<?> watch;
  private volatile long heard = NOT_LISTENING;
  private final AtomicLong fetchedBytes = new AtomicLong();
  private final AtomicLong refsBytesLeft = new AtomicLong(REFS_BYTES_MAX);

  private Allowance(IngressLimits limits, Thread worker, ScheduledExecutorService clockwork) {
    this.limits = limits;
    this.worker = worker;
    this.watch =
        clockwork.scheduleWithFixedDelay(
            this::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
  }

  /// For what the current thread is about to do.
  public static Allowance forThisThread(IngressLimits limits, ScheduledExecutorService clockwork) {
    return new Allowance(limits, Thread.currentThread(), clockwork);
  }

  public IngressLimits limits() {
    return limits;
  }

  /// Bytes that came from Git hosts.
  public long fetchedBytes() {
    return fetchedBytes.get();
  }

  /// What ended it, if anything did.
  public Optional<RuntimeException> fault() {
    return fault.get();
  }

  /// @throws RuntimeException the fault that has ended it
  public void check() {
    fault()
        .ifPresent(found -> {
          throw found;
        });
  }

  /// Ends the ingress. Returns what is to be thrown: `found`, or a fault that came before.
  public RuntimeException end(RuntimeException found) {
    fault.compareAndSet(Optional.empty(), Optional.of(found));
    return fault().orElse(found);
  }

  /// Run when time is over, from another thread; it ends what the ingress may be waiting for.
  public void whenOver(Runnable end) {
    ends.add(end);
    check();
  }

  /// From here on the host is expected to say something.
  public void listen() {
    check();
    heard = System.nanoTime();
  }

  /// Nothing is expected of the host any more.
  public void listenNoMore() {
    heard = NOT_LISTENING;
  }

  /// A new list of refs begins, which is held in memory and thus may be of this size only.
  public void expectRefs() {
    refsBytesLeft.set(REFS_BYTES_MAX);
  }

  /// A pack begins, which goes to disk.
  public void expectPack() {
    refsBytesLeft.set(Long.MAX_VALUE);
  }

  /// The host has sent something.
  public void heard(long bytes) {
    check();
    heard = System.nanoTime();
    if (refsBytesLeft.addAndGet(-bytes) < 0) {
      throw end(
          new IngressFault(
              Reason.TOO_LARGE, "The repository has more branches and tags than can be read."));
    }
    if (fetchedBytes.addAndGet(bytes) > limits.fetchBytes()) {
      throw end(
          new IngressFault(
              Reason.TOO_LARGE,
              "The repository is larger than the "
                  + limits.fetchBytes() / IngressLimits.MEGABYTE
                  + " MB that may be fetched."));
    }
  }

  private void look() {
    long now = System.nanoTime();
    long last = heard;
    if (now - start > limits.time().toNanos()) {
      end(
          new IngressFault(
              Reason.TOO_SLOW,
              "The repository could not be fetched and packed within "
                  + limits.time().toSeconds()
                  + " seconds."));
    } else if (last != NOT_LISTENING && now - last > limits.silence().toNanos()) {
      end(
          new IngressFault(
              Reason.HOST_UNREACHABLE,
              "The host has said nothing for " + limits.silence().toSeconds() + " seconds."));
    }
    if (fault().isPresent()) {
      for (Runnable end = ends.poll(); end != null; end = ends.poll()) {
        run(end);
      }
      worker.interrupt();
    }
  }

  /// What has ended by itself meanwhile may take it amiss to be ended again.
  private static void run(Runnable end) {
    try {
      end.run();
    } catch (RuntimeException e) {
      log.atDebug().setCause(e).log("a connection could not be ended");
    }
  }

  @Override
  public void close() {
    watch.cancel(false);
  }
}
