package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.BuildSpecification.Category;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// How many things terraform may do at once: what the workspace's environment says, else what the
/// worker's settings say, else terraform's own number.
final class Parallelism {
  static final String VARIABLE = "TFE_PARALLELISM";
  private static final int MOST = 256;
  private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,2}");

  private Parallelism() {}

  /// The option for terraform, none for its own number; a bad value is told of in the log.
  static List<String> options(BuildSpecification build, int otherwise, BuildLog log) {
    Optional<String> wanted = wanted(build);
    if (wanted.isPresent() && isValid(wanted.get())) {
      return List.of("-parallelism=" + wanted.get());
    }
    if (wanted.isPresent()) {
      log.line(
          "Warning: "
              + VARIABLE
              + " must be a whole number from 1 to "
              + MOST
              + "; its value is ignored.");
    }
    return otherwise > 0 ? List.of("-parallelism=" + otherwise) : List.of();
  }

  private static Optional<String> wanted(BuildSpecification build) {
    return build.variables().stream()
        .filter(variable -> variable.category() == Category.ENV)
        .filter(variable -> variable.key().equals(VARIABLE))
        .reduce((_, last) -> last)
        .map(variable -> variable.value().strip());
  }

  private static boolean isValid(String text) {
    return NUMBER.matcher(text).matches() && Integer.parseInt(text) <= MOST;
  }
}
