package io.terrarium.mesh;

import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The real terraform binary in a directory of its own, with a CLI configuration of its own; or the
/// client that `TERRARIUM_TEST_CLI` names, such as OpenTofu's.
final class TerraformCli {
  private static final String CLIENT =
      Optional.ofNullable(System.getenv("TERRARIUM_TEST_CLI")).orElse("terraform");

  private final Path directory;
  private final Map<String, String> environment;

  TerraformCli(Path directory, Map<String, String> environment) {
    this.directory = directory;
    this.environment = environment;
  }

  /// The same with one more variable.
  TerraformCli with(String name, String value) {
    Map<String, String> more = new LinkedHashMap<>(environment);
    more.put(name, value);
    return new TerraformCli(directory, more);
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
    try (Running running = start(arguments)) {
      return running.answer("").await();
    }
  }

  /// Runs a command that must succeed; what it has printed.
  String succeeds(String... arguments) {
    Result result = run(arguments);
    if (result.exit() != 0) {
      throw new AssertionError(
          CLIENT + " " + String.join(" ", arguments) + " failed: " + result.output());
    }
    return result.output();
  }

  /// `apply` whose question is answered with `text`.
  Result applyAnswered(String text) {
    try (Running apply = start("apply")) {
      return apply.awaitOutput(Running::asks).answer(text).await();
    }
  }

  /// Starts a command that is answered, or interrupted, while it runs.
  Running start(String... arguments) {
    List<String> command = new ArrayList<>(Interrupts.heededBy(List.of(CLIENT)));
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
  static final class Running implements AutoCloseable {
    private final Process process;
    private final Path output;

    Running(Process process, Path output) {
      this.process = process;
      this.output = output;
    }

    static boolean asks(String output) {
      return output.contains("Enter a value:");
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
          () -> "terraform has printed only:\n" + output(),
          () -> wanted.test(output()) || !process.isAlive());
      if (!wanted.test(output())) {
        throw new AssertionError("terraform ended with:\n" + output());
      }
      return this;
    }

    boolean isAlive() {
      return process.isAlive();
    }

    /// Ctrl-C.
    Running interrupt() {
      Interrupts.send("INT", process.pid());
      return this;
    }

    Result await() {
      int exit = Ending.of(process, this::output);
      return new Result(exit, output());
    }

    /// `kill -9`, where nobody is left who could answer it.
    void kill() {
      Processes.kill(Stream.concat(Stream.of(process.toHandle()), process.descendants()).toList());
    }

    @Override
    public void close() {
      kill();
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
