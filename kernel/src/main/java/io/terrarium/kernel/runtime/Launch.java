package io.terrarium.kernel.runtime;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;

/// Starts programs, those too that this process has only just written.
///
/// A child that another thread is starting at the same moment holds, until it has become the other
/// program, whatever was open when it was forked: a file that was being written then counts as
/// still written, and Linux refuses to run it (ETXTBSY). That passes within milliseconds.
public final class Launch {
  // Updates of the same JDK have said "error: 26, " and "error: 26 (".
  private static final Pattern TEXT_FILE_BUSY = Pattern.compile("error[:=] ?26\\b");
  private static final int TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Launch() {}

  /// @throws IOException when the program cannot be run
  public static Process start(ProcessBuilder builder) throws IOException {
    for (int attempt = 1; ; attempt++) {
      try {
        return builder.start();
      } catch (IOException e) {
        if (attempt == TRIES || !TEXT_FILE_BUSY.matcher(String.valueOf(e.getMessage())).find()) {
          throw e;
        }
        LockSupport.parkNanos(PAUSE.toNanos());
      }
    }
  }
}
