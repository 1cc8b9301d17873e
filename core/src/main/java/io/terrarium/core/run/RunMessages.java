package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;

/// What is written into a log that the mesh ends in a worker's place.
final class RunMessages {
  /// Of a phase that has ended well or not, but whose worker could not hand over all that it said.
  static final String LOST_LOG =
      "The rest of this log was lost: archivist did not take it in time.";

  private RunMessages() {}

  static String end(Run run, RunPhase phase) {
    return switch (run.status()) {
      case CANCELED ->
          run.forceCanceledAt() == null
              ? "The run was canceled before a worker took it."
              : "The run was canceled by force. Terraform may have left resources that are not in the"
                  + " state; compare before the next apply.";
      case ERRORED -> {
        if (run.isOutOfTime()) {
          yield outOfTime(phase.phase());
        }
        yield phase.phase() == Phase.APPLY ? lostApply(phase) : lostPlan();
      }
      default -> "The run ended.";
    };
  }

  static String outOfTime(Phase phase) {
    return "The " + phase.wire() + " exceeded its maximum run time and was ended.";
  }

  private static String lostApply(RunPhase phase) {
    return "The worker that ran this apply was lost, and an apply is never run twice by itself. "
        + (phase.uploadedState() == null
            ? "No state had been written yet."
            : "The state that it had written so far was kept.")
        + " Start a new run; its plan shows what is left to do.";
  }

  private static String lostPlan() {
    return "The plan could not be finished: its workers were lost. Start a new run.";
  }
}
