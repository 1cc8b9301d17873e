package io.terrarium.slugingress;

import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// So many places for work, one of which is kept from each host: however slow one is, the others
/// are still asked. Where there is but one place, whoever comes first has it.
final class Places {
  private final Semaphore all;
  private final int ofOneHost;
  private final ConcurrentMap<String, Queue> queues = new ConcurrentHashMap<>();

  /// Those who have a place of one host's or wait for one, as long as there are any.
  private record Queue(Semaphore places, int members) {
    Queue with(int more) {
      return new Queue(places, members + more);
    }
  }

  Places(int number) {
    this.all = new Semaphore(number, true);
    this.ofOneHost = Math.max(1, number - 1);
  }

  /// Waits for a place, first for one of its host's.
  ///
  /// @return false when there was none for `waitMax`
  boolean take(String host, Duration waitMax) throws InterruptedException {
    long end = System.nanoTime() + waitMax.toNanos();
    Semaphore ofHost = join(host);
    boolean isOfHost = false;
    boolean isTaken = false;
    try {
      isOfHost = ofHost.tryAcquire(waitMax.toNanos(), TimeUnit.NANOSECONDS);
      isTaken = isOfHost && all.tryAcquire(end - System.nanoTime(), TimeUnit.NANOSECONDS);
      return isTaken;
    } finally {
      if (isOfHost && !isTaken) {
        ofHost.release();
      }
      if (!isTaken) {
        leave(host);
      }
    }
  }

  void giveBack(String host) {
    all.release();
    Objects.requireNonNull(queues.get(host)).places.release();
    leave(host);
  }

  private Semaphore join(String host) {
    return queues.compute(
            host,
            (_, known) ->
                (known == null ? new Queue(new Semaphore(ofOneHost, true), 0) : known).with(1))
        .places;
  }

  private void leave(String host) {
    queues.computeIfPresent(host, (_, known) -> known.members == 1 ? null : known.with(-1));
  }
}
