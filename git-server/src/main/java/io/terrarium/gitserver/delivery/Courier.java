package io.terrarium.gitserver.delivery;

import io.terrarium.gitserver.hook.Hook;
import io.terrarium.gitserver.hook.Hooks;
import io.terrarium.gitserver.repository.HostedRepository;
import io.terrarium.gitserver.repository.KeptFile;
import io.terrarium.gitserver.repository.RepositoryName;
import io.terrarium.kernel.tls.Trust;
import java.time.Duration;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes the deliveries that lie in outboxes. Each webhook has a lane of its own, worked off in
/// order by one thread: one that does not answer holds up nobody else, and what happened first is
/// told first.
///
/// A delivery fails when there is no answer in time or none of 2xx. It is made again after pauses
/// that grow from a second to five minutes, for about a day; one that is refused (4xx) is made five
/// times. Then it is given up, with a line in the log.
public final class Courier implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Courier.class);
  private static final Duration PAUSE_MIN = Duration.ofSeconds(1);
  private static final Duration PAUSE_MAX = Duration.ofMinutes(5);
  private static final int TRIES_MAX = 300;
  private static final int REFUSALS_MAX = 5;
  private static final int CALLS_AT_ONCE = 16;

  private final Caller caller;
  private final Set<Lane> lanes = new HashSet<>();
  private final Semaphore calls = new Semaphore(CALLS_AT_ONCE);
  private final CountDownLatch closed = new CountDownLatch(1);

  public Courier(Trust trust) {
    caller = new Caller(trust);
  }

  private record Lane(RepositoryName repository, long hook) {}

  /// Sees to what lies in the outbox of `repository`.
  public void wake(HostedRepository repository) {
    Outbox outbox = new Outbox(repository);
    for (long hook : outbox.hooks()) {
      Lane lane = new Lane(repository.name(), hook);
      synchronized (lanes) {
        if (lanes.add(lane)) {
          Thread.ofVirtual()
              .name("deliver-" + repository.name().full() + "-" + hook)
              .start(() -> work(lane, outbox));
        }
      }
    }
  }

  private void work(Lane lane, Outbox outbox) {
    boolean isOpen = true;
    while (isOpen && hasMore(lane, outbox)) {
      try {
        Optional<Outbox.Waiting> next = outbox.next(lane.hook());
        isOpen = next.isEmpty() || deliver(outbox.repository(), next.get());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        isOpen = false;
      } catch (RuntimeException e) {
        log.atError()
            .setCause(e)
            .addKeyValue("repository", lane.repository().full())
            .log("the outbox cannot be worked off");
        isOpen = !isClosedWithin(PAUSE_MAX);
      }
    }
  }

  /// Whoever puts something in wakes the courier afterwards, under the same lock: a lane that ends
  /// here has seen everything, or is begun anew.
  private boolean hasMore(Lane lane, Outbox outbox) {
    synchronized (lanes) {
      if (outbox.hooks().contains(lane.hook())) {
        return true;
      }
      lanes.remove(lane);
      return false;
    }
  }

  /// Until it is taken or given up; false when the server is closed before.
  private boolean deliver(HostedRepository repository, Outbox.Waiting waiting)
      throws InterruptedException {
    Duration pause = PAUSE_MIN;
    int refusals = 0;
    for (int attempt = 1; ; attempt++) {
      // Asked for each time: the webhook may have gone, or have another secret by now.
      Optional<Hook> hook = Hooks.find(repository, waiting.delivery().hook()).filter(Hook::active);
      if (hook.isEmpty()) {
        KeptFile.delete(waiting.file());
        return true;
      }
      Caller.Answer answer = call(hook.get(), waiting.delivery());
      refusals += answer.isRefusal() ? 1 : 0;
      boolean isOver = attempt == TRIES_MAX || refusals == REFUSALS_MAX;
      tell(repository, waiting.delivery(), answer, attempt, isOver);
      if (answer.isGood() || isOver) {
        KeptFile.delete(waiting.file());
        return true;
      }
      if (isClosedWithin(pause)) {
        return false;
      }
      pause = pause.multipliedBy(2).compareTo(PAUSE_MAX) < 0 ? pause.multipliedBy(2) : PAUSE_MAX;
    }
  }

  private Caller.Answer call(Hook hook, Delivery delivery) throws InterruptedException {
    calls.acquire();
    try {
      return caller.call(hook, delivery);
    } finally {
      calls.release();
    }
  }

  private static void tell(
      HostedRepository repository,
      Delivery delivery,
      Caller.Answer answer,
      int attempt,
      boolean isOver) {
    String line =
        answer.isGood()
            ? "webhook has taken a delivery"
            : isOver
                ? "a delivery is given up; push again once the webhook answers"
                : "a delivery failed and is made again";
    (answer.isGood() ? log.atInfo() : log.atWarn())
        .addKeyValue("repository", repository.name().full())
        .addKeyValue("hook", delivery.hook())
        .addKeyValue("delivery", delivery.id())
        .addKeyValue("event", delivery.detail())
        .addKeyValue("attempt", attempt)
        .addKeyValue("answer", answer.words())
        .log(line);
  }

  private boolean isClosedWithin(Duration pause) {
    try {
      return closed.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// What is left lies in the outboxes until the next start.
  @Override
  public void close() {
    closed.countDown();
    caller.close();
  }
}
