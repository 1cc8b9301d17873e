package io.terrarium.kernel.runtime;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Wakes one thread that waits. However often it is given while nobody waits, it is one.
public final class Signal implements AutoCloseable {
  private final Semaphore given = new Semaphore(0);
  private volatile boolean closed;

  public void give() {
    // Two may give it at once, and then there are two: the one who waits looks once more.
    if (given.availablePermits() == 0) {
      given.release();
    }
  }

  /// Whether it came within `longest`; not after it was closed.
  public boolean await(Duration longest) throws InterruptedException {
    return !closed && given.tryAcquire(longest.toMillis(), TimeUnit.MILLISECONDS) && !closed;
  }

  public boolean isClosed() {
    return closed;
  }

  /// Whoever waits does so no longer.
  @Override
  public void close() {
    closed = true;
    given.release();
  }
}
