package io.terrarium.testservers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// A directory for a server of the tests, and the settings that it reads there.
record Place(Path directory) {
  private static final long COMMAND_SECONDS_MAX = 60;

  static Place fresh(String kind) {
    try {
      return new Place(Files.createTempDirectory("terrarium-" + kind + "-"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Only the owner may come here, so what is written here may be secret.
  Path write(String file, String text) {
    try {
      return Files.writeString(directory.resolve(file), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void append(Path file, String text) {
    try {
      Files.writeString(file, text, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A copy of its own, which nobody else may read; its name here.
  String keep(Path file) {
    try {
      Path copy = Files.copy(file, directory.resolve(file.getFileName()));
      Files.setPosixFilePermissions(copy, PosixFilePermissions.fromString("rw-------"));
      return copy.toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Gives the directory and what lies in it to another user of this machine.
  void giveTo(String user) {
    run(List.of("chown", "-R", user, directory.toString()));
  }

  /// Runs a command whose words hold no blanks.
  void run(String command) {
    run(List.of(command.strip().split("\\s+", -1)));
  }

  /// Runs a command to its end; it must succeed.
  void run(List<String> command) {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("preparation").toFile())
              .start();
      if (!process.waitFor(COMMAND_SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
        process.destroyForcibly();
        throw new AssertionError(
            command.getFirst() + " failed: " + Files.readString(directory.resolve("preparation")));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }
}
