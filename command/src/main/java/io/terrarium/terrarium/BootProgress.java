package io.terrarium.terrarium;

import java.util.function.Supplier;

/// Hears how the parts of the mesh come up; called from several threads at once.
@FunctionalInterface
public interface BootProgress {
  /// Tells that a part has come to `state` (`STARTING`, `READY`, `FAILED`, `STOPPED`).
  void on(String part, String state, long millis);

  /// Nobody listens.
  static BootProgress silent() {
    return (_, _, _) -> {};
  }

  /// Runs `work` as the start of `part`.
  default <T> T timed(String part, Supplier<T> work) {
    long begin = System.nanoTime();
    on(part, "STARTING", 0);
    try {
      T result = work.get();
      on(part, "READY", millisSince(begin));
      return result;
    } catch (RuntimeException e) {
      on(part, "FAILED", millisSince(begin));
      throw e;
    }
  }

  private static long millisSince(long begin) {
    return (System.nanoTime() - begin) / 1_000_000;
  }
}
