package io.terrarium.registry.hcl;

import java.util.List;
import java.util.stream.Collectors;

/// What all lines of a `<<-` heredoc begin with, and what is left without it.
final class Indentation {
  private Indentation() {}

  /// Blank lines have no say, and stay as they are.
  static String without(String text) {
    List<String> lines = List.of(text.split("(?<=\n)", -1));
    int common =
        lines.stream()
            .filter(line -> !line.isBlank())
            .mapToInt(Indentation::spaces)
            .min()
            .orElse(0);
    return lines.stream()
        .map(line -> line.isBlank() ? line : line.substring(common))
        .collect(Collectors.joining());
  }

  private static int spaces(String line) {
    return line.length() - line.stripLeading().length();
  }
}
