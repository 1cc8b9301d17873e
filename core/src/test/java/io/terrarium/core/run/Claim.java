package io.terrarium.core.run;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.BuildEvent.PlanSummary;
import io.terrarium.contracts.build.BuildEvent.Timings;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;

/// A phase in the hands of a worker, and what the worker may say about it.
record Claim(RunWorld.Command command, int attempt, String worker) {
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  RunId run() {
    return command.run();
  }

  String phaseId() {
    return command.phaseId();
  }

  boolean isApply() {
    return command.phase() == Phase.APPLY;
  }

  BuildEvent finished(boolean withChanges) {
    Changes changes = new Changes(withChanges ? 1 : 0, 0, 0, 0);
    return isApply()
        ? new BuildEvent.ApplyFinished(
            1, run(), phaseId(), attempt, worker, Timings.none(), false, changes)
        : new BuildEvent.PlanFinished(
            1,
            run(),
            phaseId(),
            attempt,
            worker,
            Timings.none(),
            false,
            new PlanSummary(withChanges, changes, "1.11.4", null, false));
  }

  BuildEvent errored() {
    return new BuildEvent.BuildErrored(
        1,
        run(),
        command.phase(),
        phaseId(),
        attempt,
        worker,
        Timings.none(),
        false,
        "exit status 1");
  }

  BuildEvent canceled() {
    return new BuildEvent.BuildCanceled(
        1, run(), command.phase(), phaseId(), attempt, worker, Timings.none(), false);
  }

  /// Archivist's word that the state of this apply is in the store.
  ObjectStored state() {
    return new ObjectStored(
        1, "apply-state", phaseId(), "state of " + phaseId(), 9, "s", MD5, attempt);
  }
}
