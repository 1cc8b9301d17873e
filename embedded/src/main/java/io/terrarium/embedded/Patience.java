package io.terrarium.embedded;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/// Waits for what another process does, of which nothing tells us.
final class Patience {
  private static final Duration PAUSE = Duration.ofMillis(10);

  private Patience() {}

  /// Looks again and again until it has happened; false when the limit came first.
  static boolean until(Duration limit, BooleanSupplier happened) {
    long start = System.nanoTime();
    while (!happened.getAsBoolean()) {
      if (System.nanoTime() - start > limit.toNanos()) {
        return false;
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
    return true;
  }
}
