package io.terrarium.buildworker;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// How many builds may run at once, and who is told when that changes.
final class Slots {
  private final int total;
  private final Semaphore free;
  private final Runnable onChange;
  private boolean isEnded;

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
    return free.tryAcquire() && keep();
  }

  /// Waits for a slot; false where none is given any more.
  boolean take() throws InterruptedException {
    free.acquire();
    return keep();
  }

  /// Under the same lock as [#end], so that no slot is taken after that has returned.
  private boolean keep() {
    synchronized (this) {
      if (isEnded) {
        free.release();
        return false;
      }
    }
    onChange.run();
    return true;
  }

  void give() {
    free.release();
    onChange.run();
  }

  /// Gives no slot any more: once all are free, all stay free.
  synchronized void end() {
    isEnded = true;
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
