package io.terrarium.mesh;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/// Waits for what happens elsewhere. The limit is there to end a broken test, not to measure.
final class Eventually {
  private static final long LIMIT_SECONDS = 120;
  private static final long LOOK_MILLIS = 100;

  private Eventually() {}

  static void until(BooleanSupplier reached, Supplier<String> otherwise) {
    CountDownLatch never = new CountDownLatch(1);
    for (long looks = 0; looks < LIMIT_SECONDS * 1000 / LOOK_MILLIS; looks++) {
      if (reached.getAsBoolean()) {
        return;
      }
      try {
        if (never.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
    throw new AssertionError(otherwise.get());
  }
}
