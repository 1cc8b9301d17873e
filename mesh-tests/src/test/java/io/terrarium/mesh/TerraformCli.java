package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/// The real terraform binary in a directory of its own, with a CLI configuration of its own.
final class TerraformCli {
  private static final long LIMIT_SECONDS = 240;

  private final Path directory;
  private final Map<String, String> environment;

  TerraformCli(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /// What a finished command left behind.
  record Result(int exit, String output) {}

  Path directory() {
    return directory;
  }

  TerraformCli write(String file, String text) {
    try {
      Path path = directory.resolve(file);
      Files.createDirectories(path.getParent());
      Files.writeString(path, text);
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Result run(String... arguments) {
    return start(arguments).answer("").await();
  }

  /// Starts a command that is answered, or interrupted, while it runs.
  Running start(String... arguments) {
    List<String> command = new ArrayList<>(List.of("terraform"));
    command.addAll(List.of(arguments));
    try {
      Path output = Files.createTempFile(directory, "output", ".log");
      ProcessBuilder builder =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(output.toFile());
      builder.environment().keySet().removeIf(name -> name.startsWith("TF_"));
      builder.environment().putAll(environment);
      return new Running(builder.start(), output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A command at work.
  static final class Running {
    private final Process process;
    private final Path output;

    Running(Process process, Path output) {
      this.process = process;
      this.output = output;
    }

    /// Types `text`; an empty one closes the input.
    Running answer(String text) {
      try {
        if (text.isEmpty()) {
          process.getOutputStream().close();
        } else {
          process.getOutputStream().write((text + "\n").getBytes(StandardCharsets.UTF_8));
          process.getOutputStream().flush();
        }
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /// Waits until what was printed so far satisfies `wanted`.
    Running awaitOutput(Predicate<String> wanted) {
      Eventually.until(
          () -> wanted.test(output()) || !process.isAlive(),
          () -> "terraform has printed only:\n" + output());
      if (!wanted.test(output())) {
        throw new AssertionError("terraform ended with:\n" + output());
      }
      return this;
    }

    /// Ctrl-C.
    Running interrupt() {
      try {
        new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start().waitFor();
        return this;
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    /// `kill -9`, where nobody is left who could answer it.
    void kill() {
      process.destroyForcibly().onExit().join();
    }

    Result await() {
      try {
        if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
          throw new AssertionError("terraform does not end; so far:\n" + output());
        }
        return new Result(process.exitValue(), output());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }

    String output() {
      try {
        return Files.readString(output);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
