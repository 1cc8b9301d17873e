package io.terrarium.mesh;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/// Waits for the end of a process. The limit is there to end a broken test, not to measure.
final class Ending {
  private static final long LIMIT_SECONDS = 240;

  private Ending() {}

  /// Its exit code; a process that does not end is killed.
  static int of(Process process, Supplier<String> told) {
    try {
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError("it does not end:\n" + told.get());
      }
      return process.exitValue();
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
