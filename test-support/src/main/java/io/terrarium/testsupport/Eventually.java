package io.terrarium.testsupport;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens elsewhere. The limit is there to end a broken test, not to measure.
public final class Eventually {
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Eventually() {}

  /// Looks again and again until `happened`; fails with `what` was awaited.
  public static void until(String what, BooleanSupplier happened) {
    until(() -> what, happened);
  }

  /// The same, where what to say of it is known at the end only.
  public static void until(Supplier<String> what, BooleanSupplier happened) {
    long start = System.nanoTime();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - start > LIMIT.toNanos() || Thread.currentThread().isInterrupted()) {
        throw new AssertionError("awaited in vain: " + what.get());
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }
}
