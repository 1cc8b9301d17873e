package io.terrarium.mesh;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens elsewhere. The limit is there to end a broken test, not to measure.
final class Eventually {
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(120);
  private static final long LOOK_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private Eventually() {}

  static void until(BooleanSupplier reached, Supplier<String> otherwise) {
    long begin = System.nanoTime();
    while (!reached.getAsBoolean()) {
      if (Thread.currentThread().isInterrupted()) {
        throw new IllegalStateException("interrupted");
      }
      if (System.nanoTime() - begin > LIMIT_NANOS) {
        throw new AssertionError(otherwise.get());
      }
      LockSupport.parkNanos(LOOK_NANOS);
    }
  }
}
