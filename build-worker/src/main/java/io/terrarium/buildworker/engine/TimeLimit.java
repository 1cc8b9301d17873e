package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.buildworker.sandbox.Reins;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.internal.BuildSpecification;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a build that takes too long.
final class TimeLimit implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  private TimeLimit() {}

  /// For as long as the build's `timeoutSeconds` say, 0 for no limit.
  static TimeLimit of(BuildSpecification build, Reins reins, BuildLog log) {
    TimeLimit limit = new TimeLimit();
    int seconds = build.timeoutSeconds();
    if (seconds > 0) {
      Thread.ofVirtual()
          .name("time-limit")
          .start(() -> {
            try {
              if (!limit.closed.await(seconds, TimeUnit.SECONDS)) {
                log.line(message(build.phase(), seconds));
                reins.interrupt(Ending.TIMED_OUT);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    return limit;
  }

  /// In the words and the frame of Terraform Enterprise, which people search their logs for.
  static String message(Phase phase, int seconds) {
    return """

    ------------ Terraform Enterprise System Message ------------

    WARNING: This %1$s has timed out and will now terminate!

    Terraform Enterprise enforces a %2$s maximum run time for this operation.

    Please review the logs above to determine why the run has exceeded its timeout.
    You can re-run this operation by queueing a new plan in Terraform Enterprise.

    -------------------------------------------------------------
    """
        .formatted(phase.wire(), shown(seconds));
  }

  /// A duration as Go prints it: `45s`, `30m0s`, `2h0m0s`.
  static String shown(int seconds) {
    String rest = seconds % 60 + "s";
    if (seconds < 60) {
      return rest;
    }
    int minutes = seconds / 60;
    return minutes < 60 ? minutes + "m" + rest : minutes / 60 + "h" + minutes % 60 + "m" + rest;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
