package io.terrarium.buildworker.sandbox;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Tries bubblewrap out, as many kernels and containers forbid it.
final class BubblewrapProbe {
  private static final long SECONDS_MAX = 10;

  private BubblewrapProbe() {}

  static boolean works(Confinement.Bubblewrap bubblewrap) {
    List<String> line =
        bubblewrap.around(
            List.of("/bin/true"), Path.of("/"), new Confinement.View(List.of(), List.of()));
    try {
      Process process =
          new ProcessBuilder(line)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        return false;
      }
      return process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
