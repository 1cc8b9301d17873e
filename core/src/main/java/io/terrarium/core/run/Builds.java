package io.terrarium.core.run;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What has become of phases, as build workers and build-manager tell it. Every word is fenced by
/// the attempt of its claim. A result is taken once; its repetition is answered like the first.
public final class Builds {
  /// The CLI looks at a plan's log every two seconds at most (go-tfe's `LogReader`).
  private static final Duration CLIENTS_LEARN_OF_A_PLAN = Duration.ofSeconds(3);

  private static final Logger log = LoggerFactory.getLogger(Builds.class);

  private final Database database;
  private final Clock clock;
  private final PhaseClaims claims;
  private final RunSteps steps;
  private final Outbox outbox;
  private final Runnable wakeDispatcher;
  private final RunStore runs = new RunStore();
  private final PhaseStore phases = new PhaseStore();

  Builds(RunParts parts, PhaseClaims claims, RunSteps steps) {
    this.database = parts.database();
    this.clock = parts.clock();
    this.outbox = parts.outbox();
    this.wakeDispatcher = parts.wakeDispatcher();
    this.claims = claims;
    this.steps = steps;
  }

  /// Keeps the state that a running apply has uploaded.
  ///
  /// @throws Fault.Conflict when the attempt has lost its claim
  public void stateUploaded(ObjectStored stored) {
    boolean kept =
        database.inTransaction(db ->
            phases.keepState(
                db,
                stored.id(),
                stored.attempt(),
                new RunPhase.UploadedState(stored.objectId(), stored.bytes(), stored.md5())));
    if (!kept) {
      throw new Fault.Conflict("The apply is no longer done by this attempt.");
    }
  }

  /// Keeps the state of an apply that nobody has taken as the workspace's, whether or not its
  /// attempt still has the claim: it is not made current, but a person may fetch it.
  ///
  /// @throws Fault.Conflict when the run, or the files of its apply, have been deleted
  public void erroredStateUploaded(ObjectStored stored) {
    database.useTransaction(db -> {
      RunPhase apply =
          phases
              .findForUpdate(db, stored.id())
              .orElseThrow(() -> new Fault.Conflict("The run has been deleted."));
      if (!phases.keepErroredState(db, apply, stored.objectId())) {
        throw new Fault.Conflict("The files of the apply have been deleted.");
      }
      @Nullable String replaced = apply.kept().erroredState();
      if (replaced != null && !replaced.equals(stored.objectId())) {
        // The worker has asked again, and its first answer was lost on the way.
        outbox.add(db, new Job.DeleteObjects(List.of(replaced)), "", "");
      }
      log.atWarn()
          .addKeyValue("phase_id", apply.id())
          .addKeyValue("attempt", stored.attempt())
          .log("an apply left a state that is not its workspace's");
    });
  }

  /// Takes a result and moves the run on.
  ///
  /// @throws Fault.Conflict when it comes from an attempt that has lost its claim
  /// @throws Fault.Unavailable when it comes too early to be told; build-manager keeps it meanwhile
  public void ended(BuildEvent event) {
    database.useTransaction(db -> {
      Run run = claims.lockedRun(db, event.phaseId());
      RunPhase phase = phases.findForUpdate(db, event.phaseId()).orElseThrow(Fault.NotFound::new);
      if (phase.attempt() != event.attempt()) {
        throw new Fault.Conflict(
            "Attempt " + event.attempt() + " is stale; attempt " + phase.attempt() + " counts.");
      }
      if (phase.status() == RunPhase.Status.RUNNING) {
        requireThatThePlanWasSeen(run, phase, event);
        takeOrAskAgain(db, run, phase, event);
      } else if (!isRepetition(phase, event)) {
        throw new Fault.Conflict("The phase has ended otherwise: " + phase.status().wire() + ".");
      }
    });
  }

  /// A CLI that finds a run errored when it has just read the plan's log takes the plan for what
  /// failed, and never shows the apply's log with the error (docs/decisions/0005). No client but an
  /// automatic apply's can be there that early.
  private void requireThatThePlanWasSeen(Run run, RunPhase phase, BuildEvent event) {
    if (phase.phase() == Phase.APPLY
        && event instanceof BuildEvent.BuildErrored
        && run.options().autoApply()
        && run.reached(RunStatus.PLANNED)
            .map(planned -> planned.plus(CLIENTS_LEARN_OF_A_PLAN))
            .filter(clock.instant()::isBefore)
            .isPresent()) {
      throw new Fault.Unavailable("The failure of an automatic apply is taken in a moment.", null);
    }
  }

  private static boolean isRepetition(RunPhase phase, BuildEvent event) {
    return phase.status()
        == switch (event) {
          case BuildEvent.PlanFinished _, BuildEvent.ApplyFinished _ -> RunPhase.Status.FINISHED;
          case BuildEvent.BuildErrored _ -> RunPhase.Status.ERRORED;
          case BuildEvent.BuildCanceled _ -> RunPhase.Status.CANCELED;
        };
  }

  /// Only a stale attempt may be told of a conflict, for its result is dropped then. One that has
  /// lost a race is good, and will be taken when build-manager brings it again.
  private void takeOrAskAgain(Handle db, Run run, RunPhase phase, BuildEvent event) {
    try {
      take(db, run, phase, event);
    } catch (Fault.Conflict lostRace) {
      throw new Fault.Unavailable("A run was changed at the same moment.", lostRace);
    }
  }

  private void take(Handle db, Run run, RunPhase phase, BuildEvent event) {
    Instant now = clock.instant();
    String error =
        switch (event) {
          case BuildEvent.BuildErrored errored -> errored.message();
          case BuildEvent.BuildCanceled _ when run.isOutOfTime() ->
              RunMessages.outOfTime(phase.phase());
          default -> null;
        };
    phases.setTimings(db, phase, event.timings(), error);
    if (event.logLost()) {
      steps.closeLog(db, run, phase, RunMessages.LOST_LOG);
    }
    switch (event) {
      case BuildEvent.PlanFinished finished -> {
        phases.finishPlan(db, phase, finished.plan());
        phases.move(db, phase, RunPhase.Status.FINISHED, now);
        runs.setHasChanges(db, run.key(), finished.plan().hasChanges());
        afterPlan(db, runs.find(db, run.key()).orElseThrow());
      }
      case BuildEvent.ApplyFinished finished -> {
        phases.finishApply(db, phase, finished.changes());
        phases.move(db, phase, RunPhase.Status.FINISHED, now);
        steps.move(db, run, RunMove.FINISH_APPLY, null);
      }
      case BuildEvent.BuildErrored _ -> {
        phases.move(db, phase, RunPhase.Status.ERRORED, now);
        steps.move(db, run, RunMove.FAIL, null);
      }
      case BuildEvent.BuildCanceled _ -> {
        RunPhase.Status end =
            run.isOutOfTime() ? RunPhase.Status.ERRORED : RunPhase.Status.CANCELED;
        phases.move(db, phase, end, now);
        steps.move(db, run, run.earlyEnd(), null);
      }
    }
    db.afterCommit(wakeDispatcher);
  }

  private void afterPlan(Handle db, Run planning) {
    if (planning.cancelWish() != null) {
      // The wish came when terraform had just ended; there is nothing left to interrupt.
      steps.move(db, planning, planning.earlyEnd(), null);
      return;
    }
    Run planned = steps.move(db, planning, RunMove.FINISH_PLAN, null);
    RunOptions options = planned.options();
    if (options.planOnly() || (!planned.hasChanges() && !options.allowEmptyApply())) {
      steps.move(db, planned, RunMove.FINISH_RUN, null);
    } else if (options.savePlan()) {
      steps.move(db, planned, RunMove.SAVE, null);
    } else if (options.autoApply()) {
      steps.confirm(db, planned, null);
    }
  }
}
