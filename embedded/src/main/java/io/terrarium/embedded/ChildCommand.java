package io.terrarium.embedded;

import io.terrarium.kernel.runtime.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a program to its end, its output going to a log file.
///
/// The servers that these programs start put themselves into a session of their own: neither a
/// thread that ends nor an interrupt typed at the terminal reaches them, only we stop them.
public final class ChildCommand {
  private ChildCommand() {}

  /// Runs the command, or says with its last words why it failed.
  static void run(List<String> command, Path log, Duration limit) {
    String program = Path.of(command.getFirst()).getFileName().toString();
    try {
      Process process =
          Launch.start(
              new ProcessBuilder(command)
                  .redirectErrorStream(true)
                  .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                  .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile())));
      if (!process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly();
        throw new EmbeddedFault(
            "%s did not end within %d s: see %s".formatted(program, limit.toSeconds(), log));
      }
      if (process.exitValue() != 0) {
        throw new EmbeddedFault(
            "%s failed: %s (all of it in %s)".formatted(program, lastLine(log), log));
      }
    } catch (IOException e) {
      throw new EmbeddedFault("cannot run " + command.getFirst() + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EmbeddedFault("interrupted while waiting for " + program, e);
    }
  }

  /// The last thing that a program wrote to its log.
  public static String lastLine(Path log) {
    try {
      return Files.exists(log)
          ? Files.readAllLines(log).stream()
              .filter(line -> !line.isBlank())
              .reduce((_, last) -> last)
              .orElse("it said nothing")
          : "it said nothing";
    } catch (IOException e) {
      return "its log is not readable: " + e.getMessage();
    }
  }
}
