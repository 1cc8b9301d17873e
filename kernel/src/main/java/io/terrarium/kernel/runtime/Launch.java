package io.terrarium.kernel.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;

/// Starts programs, those too that this process has only just written.
///
/// A child that another thread is starting at the same moment holds, until it has become the other
/// program, whatever was open when it was forked: a file that was being written then counts as
/// still written, and Linux refuses to run it (ETXTBSY). That passes within milliseconds.
public final class Launch {
  private static final String TEXT_FILE_BUSY = "error: 26, ";
  private static final int TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Launch() {}

  /// @throws IOException when the program cannot be run
  public static Process start(ProcessBuilder builder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (attempt == TRIES || !String.valueOf(e.getMessage()).contains(TEXT_FILE_BUSY)) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
