package io.terrarium.testsupport;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;

/// Programs of this machine that tests run.
public final class OnThePath {
  private OnThePath() {}

  /// The first one of that name.
  public static Path find(String program) {
    return first(program)
        .orElseThrow(() -> new IllegalStateException("there is no " + program + " on the path"));
  }

  public static boolean has(String program) {
    return first(program).isPresent();
  }

  private static Optional<Path> first(String program) {
    return Arrays.stream(System.getenv("PATH").split(":", -1))
        .map(entry -> Path.of(entry, program))
        .filter(Files::isExecutable)
        .findFirst();
  }
}
