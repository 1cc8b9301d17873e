package io.terrarium.core.notification;

import io.terrarium.core.run.RunStatus;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What has happened.
///
/// @param run absent where a receiver is only to show that it is there
/// @param runUpdatedBy name of the person, absent where nobody did it
record Notice(
    @Nullable RunFacts run,
    String message,
    String trigger,
    @Nullable String runStatus,
    @Nullable Instant runUpdatedAt,
    @Nullable String runUpdatedBy) {

  static Notice verification(String configurationName) {
    return new Notice(
        null, "Verification of " + configurationName, "verification", null, null, null);
  }

  static Notice of(
      RunFacts run, RunStatus status, String trigger, Instant at, @Nullable String by) {
    return new Notice(run, message(status), trigger, status.wire(), at, by);
  }

  private static String message(RunStatus status) {
    return switch (status) {
      case PENDING -> "Run Created";
      case PLANNED -> "Run Needs Attention";
      default -> {
        StringBuilder words = new StringBuilder("Run");
        for (String word : status.wire().split("_", -1)) {
          words.append(' ');
          words.append(
              word.equals("and")
                  ? word
                  : Character.toUpperCase(word.charAt(0)) + word.substring(1));
        }
        yield words.toString();
      }
    };
  }
}
