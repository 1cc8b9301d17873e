package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/// Signals to the processes of a test, as a terminal sends them.
final class Interrupts {
  private static final List<String> HEEDING = heeding();

  private Interrupts() {}

  /// `command` so that it heeds interrupts: what a script has started in its background ignores
  /// them, and so does all that it starts.
  static List<String> heededBy(List<String> command) {
    List<String> line = new ArrayList<>(HEEDING);
    line.addAll(command);
    return line;
  }

  /// `kill -NAME`, of a process group where the id is a negative number.
  static void send(String name, long id) {
    int exit = exit("kill", "-" + name, "--", Long.toString(id));
    if (exit != 0) {
      throw new AssertionError("kill -" + name + " " + id + " ended with " + exit);
    }
  }

  private static List<String> heeding() {
    List<String> prefix = List.of("/usr/bin/env", "--default-signal=INT");
    try {
      return exit(prefix.get(0), prefix.get(1), "true") == 0 ? prefix : List.of();
    } catch (UncheckedIOException none) {
      return List.of();
    }
  }

  private static int exit(String... command) {
    try {
      return Ending.of(
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start(),
          () -> String.join(" ", command));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
