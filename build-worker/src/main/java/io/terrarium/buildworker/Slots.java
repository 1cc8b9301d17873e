package io.terrarium.buildworker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many builds may run at once, and who is told when that changes.
final class Slots {
  private final int total;
  private final Semaphore free;
  private final Runnable onChange;

  Slots(int total, Runnable onChange) {
    this.total = total;
    this.free = new Semaphore(total, true);
    this.onChange = onChange;
  }

  int total() {
    return total;
  }

  int free() {
    return free.availablePermits();
  }

  boolean tryTake() {
    boolean isTaken = free.tryAcquire();
    if (isTaken) {
      onChange.run();
    }
    return isTaken;
  }

  void take() throws InterruptedException {
    free.acquire();
    onChange.run();
  }

  void give() {
    free.release();
    onChange.run();
  }

  /// Whether all are free within `seconds`.
  boolean awaitAll(long seconds) throws InterruptedException {
    boolean areFree = free.tryAcquire(total, seconds, TimeUnit.SECONDS);
    if (areFree) {
      free.release(total);
    }
    return areFree;
  }
}
