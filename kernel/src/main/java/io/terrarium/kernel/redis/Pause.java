package io.terrarium.kernel.redis;

import java.time.Duration;

/// Waiting between two attempts.
public final class Pause {
  private Pause() {}

  /// False when the thread was interrupted meanwhile; its flag stays set.
  public static boolean of(Duration time) {
    try {
      Thread.sleep(time);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
