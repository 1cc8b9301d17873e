package io.terrarium.testsupport;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens elsewhere. The limit is there to end a broken test, not to measure.
public final class Eventually {
  /// After which nobody believes that it will still happen.
  public static final Duration LONGEST = Duration.ofMinutes(2);

  private static final long PAUSE_NANOS_MIN = TimeUnit.MILLISECONDS.toNanos(10);
  private static final long PAUSE_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(100);

  private Eventually() {}

  /// Looks again and again until `happened`; fails with `what` was awaited.
  public static void until(String what, BooleanSupplier happened) {
    until(() -> what, happened);
  }

  /// The same, where what to say of it is known at the end only.
  public static void until(Supplier<String> what, BooleanSupplier happened) {
    long start = System.nanoTime();
    long pause = PAUSE_NANOS_MIN;
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - start > LONGEST.toNanos() || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("waited in vain: " + what.get());
      }
      LockSupport.parkNanos(pause);
      pause = Math.min(2 * pause, PAUSE_NANOS_MAX);
    }
  }
}
