package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunEventId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.id.Ids;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Moves runs along, with all that belongs to a move: its phases, its place in the workspace's
/// queue, its history. Every method works inside the caller's transaction.
final class RunSteps {
  private static final Logger log = LoggerFactory.getLogger(RunSteps.class);

  private final RunStore runs = new RunStore();
  private final PhaseStore phases = new PhaseStore();
  private final RunEventStore events = new RunEventStore();
  private final RunQueue queue = new RunQueue();
  private final Outbox outbox;
  private final AppliedState appliedState;
  private final RunFollower follower;
  private final Clock clock;
  private final Ids ids;
  private final Runnable wakeDispatcher;

  RunSteps(RunParts parts, AppliedState appliedState, RunFollower follower) {
    this.outbox = parts.outbox();
    this.appliedState = appliedState;
    this.follower = follower;
    this.clock = parts.clock();
    this.ids = parts.ids();
    this.wakeDispatcher = parts.wakeDispatcher();
  }

  /// What belongs to a run that has just been written.
  void created(Handle db, Run run, @Nullable Long actorKey) {
    record(db, run, "created", actorKey);
    follower.moved(db, run, actorKey);
  }

  /// One step of the table.
  ///
  /// @throws Fault.Conflict when the table does not allow it, or another was faster
  Run move(Handle db, Run run, RunMove move, @Nullable Long actorKey) {
    Instant now = clock.instant();
    Run after = run.on(move, now);
    if (!runs.replace(db, run, after, now)) {
      throw new Fault.Conflict("The run was changed by someone else at the same moment.");
    }
    record(db, run, action(after), actorKey);
    follower.moved(db, after, actorKey);
    log.atInfo()
        .addKeyValue("run_id", run.id())
        .addKeyValue("from", run.status().wire())
        .addKeyValue("status", after.status().wire())
        .log("run moved");
    if (after.status().isFinal()) {
      settle(db, after);
    }
    return after;
  }

  /// A line of the run's history.
  void record(Handle db, Run run, String action, @Nullable Long actorKey) {
    record(db, run, action, actorKey, null);
  }

  /// The same, with the key of what its actor said.
  void record(
      Handle db, Run run, String action, @Nullable Long actorKey, @Nullable Long commentKey) {
    events.insert(
        db,
        new RunEventStore.NewEvent(
            new RunEventId(ids.next(RunEventId.PREFIX)),
            run.key(),
            action,
            actorKey,
            commentKey,
            clock.instant()));
  }

  /// Lets the next run of the workspace take its turn, if it is free.
  void advance(Handle db, long workspaceKey) {
    Optional<Run> next = queue.next(db, workspaceKey).flatMap(key -> runs.find(db, key));
    if (next.isPresent() && queue.hold(db, next.get(), clock.instant())) {
      takeTurn(db, next.get());
    }
  }

  /// The plan may go out as soon as there is room at the workers.
  Run takeTurn(Handle db, Run run) {
    Run queuing = move(db, run, RunMove.TAKE_TURN, null);
    phases.move(
        db, phases.ofRun(db, run.key(), Phase.PLAN), RunPhase.Status.QUEUED, clock.instant());
    db.afterCommit(wakeDispatcher);
    return queuing;
  }

  /// The apply may go out as soon as there is room at the workers.
  Run confirm(Handle db, Run run, @Nullable Long actorKey) {
    if (run.status() == RunStatus.PLANNED_AND_SAVED && !queue.hold(db, run, clock.instant())) {
      throw new Fault.Conflict(
          "The workspace is locked; the saved plan can be applied once it is free.");
    }
    runs.setConfirmedBy(db, run.key(), actorKey);
    Run confirmed = move(db, run, RunMove.CONFIRM, actorKey);
    Run queuing = move(db, confirmed, RunMove.QUEUE_APPLY, null);
    phases.move(
        db, phases.ofRun(db, run.key(), Phase.APPLY), RunPhase.Status.QUEUED, clock.instant());
    db.afterCommit(wakeDispatcher);
    return queuing;
  }

  /// What holds at every end: no phase stays open, an apply's state is kept, the workspace is free.
  private void settle(Handle db, Run run) {
    RunPhase plan = phases.ofRun(db, run.key(), Phase.PLAN);
    RunPhase apply = phases.ofRun(db, run.key(), Phase.APPLY);
    close(db, run, plan);
    close(db, run, apply);
    if (apply.uploadedState() != null) {
      appliedState.keep(db, run, apply.uploadedState());
    }
    if (run.status() == RunStatus.APPLIED) {
      discardSavedPlans(db, run);
      if (runs.triggersOthers(db, run)) {
        outbox.add(db, new Job.TriggerRuns(run.id()), run.id().value(), Phase.APPLY.wire());
      }
    }
    queue.letGo(db, run, clock.instant());
    advance(db, run.workspaceKey());
    db.afterCommit(wakeDispatcher);
  }

  private void close(Handle db, Run run, RunPhase phase) {
    if (phase.status().isFinal()) {
      return;
    }
    boolean begun = phase.status() != RunPhase.Status.PENDING;
    RunPhase.Status end =
        switch (run.status()) {
          case CANCELED -> begun ? RunPhase.Status.CANCELED : RunPhase.Status.UNREACHABLE;
          case ERRORED -> begun ? RunPhase.Status.ERRORED : RunPhase.Status.UNREACHABLE;
          default -> RunPhase.Status.UNREACHABLE;
        };
    phases.move(db, phase, end, clock.instant());
    if (begun) {
      // No worker will end this log any more, or it has died: the job does, after what is there.
      closeLog(db, run, phase, RunMessages.end(run, phase));
    }
  }

  /// Has a log ended that no worker will end, however long archivist is away.
  void closeLog(Handle db, Run run, RunPhase phase, String message) {
    outbox.add(
        db,
        new Job.CloseLog(run.id(), phase.id(), message),
        run.id().value(),
        phase.phase().wire());
  }

  private void discardSavedPlans(Handle db, Run applied) {
    for (Run saved : new RunListStore().savedPlans(db, applied.workspaceKey())) {
      move(db, saved, RunMove.DISCARD, null);
    }
  }

  private static String action(Run run) {
    return switch (run.status()) {
      case QUEUING -> "queued";
      case PLAN_QUEUED -> "plan_enqueued";
      case PLANNING -> "planning";
      case PLANNED -> "planned";
      case CONFIRMED -> "confirmed";
      case QUEUING_APPLY -> "apply_queued";
      case APPLY_QUEUED -> "apply_enqueued";
      default -> run.status().wire();
    };
  }
}
