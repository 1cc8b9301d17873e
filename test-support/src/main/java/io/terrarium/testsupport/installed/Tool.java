package io.terrarium.testsupport.installed;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs programs of this machine, as a user that servers agree to run as.
final class Tool {
  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
  private static final String SERVICE_USER = "postgres";
  private static final long STOP_SECONDS_MAX = 30;

  private Tool() {}

  /// Runs a program to its end, which must be a good one.
  static void run(Path directory, String... command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", command) + " failed:\n" + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  /// PostgreSQL refuses to run as root.
  static void giveAway(Path directory) {
    if (IS_ROOT) {
      run(directory, "chown", "-R", SERVICE_USER + ":" + SERVICE_USER, directory.toString());
    }
  }

  static void runAsService(Path directory, String... command) {
    run(directory, asService(command).toArray(String[]::new));
  }

  /// A server that ends with the thread that started it at the latest.
  static Process serve(Path directory, Path log, String... command) {
    List<String> line = new ArrayList<>(List.of("setpriv", "--pdeathsig", "INT"));
    if (IS_ROOT) {
      line.addAll(identity());
    }
    line.addAll(List.of(command));
    try {
      return new ProcessBuilder(line)
          .directory(directory.toFile())
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
          .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// SIGINT is PostgreSQL's fast end, and Redis' usual one.
  static void stop(Process server) {
    run(Path.of("/"), "kill", "-INT", Long.toString(server.pid()));
    try {
      if (!server.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        server.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      server.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }

  private static List<String> asService(String... command) {
    List<String> line = new ArrayList<>();
    if (IS_ROOT) {
      line.add("setpriv");
      line.addAll(identity());
    }
    line.addAll(List.of(command));
    return line;
  }

  private static List<String> identity() {
    return List.of("--reuid", SERVICE_USER, "--regid", SERVICE_USER, "--clear-groups");
  }
}
