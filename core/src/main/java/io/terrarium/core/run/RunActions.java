package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.job.Job;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.outbox.Outbox;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.database.Database;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// What people do to runs: `POST /runs/:id/actions/…`. Each method is one transaction; a move that
/// another was faster to make is a conflict, and nothing of it is written.
public final class RunActions {
  private static final Duration FORCE_CANCEL_AFTER = Duration.ofSeconds(30);

  private final Database database;
  private final Outbox outbox;
  private final Clock clock;
  private final VisibleRuns visible;
  private final RunSteps steps;
  private final RunComments comments;
  private final RunStore store = new RunStore();
  private final RunListStore lists = new RunListStore();
  private final RunQueue queue = new RunQueue();
  private final PhaseStore phases = new PhaseStore();

  RunActions(RunParts parts, Access access, RunSteps steps, RunComments comments) {
    this.database = parts.database();
    this.outbox = parts.outbox();
    this.clock = parts.clock();
    this.visible = new VisibleRuns(access);
    this.steps = steps;
    this.comments = comments;
  }

  /// Lets the planned changes be applied.
  public void confirm(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      VisibleRun found = visible.lock(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      steps.confirm(db, found.run(), caller.person().orElse(null));
    });
  }

  public void discard(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      VisibleRun found = visible.lock(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      steps.move(db, found.run(), RunMove.DISCARD, caller.person().orElse(null));
    });
  }

  /// Ends a waiting run at once; asks the worker of a running one to interrupt terraform.
  public void cancel(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      VisibleRun found = visible.lock(db, caller, id);
      found
          .access()
          .require(
              found.run().options().planOnly()
                  ? WorkspaceRight.QUEUE_RUN
                  : WorkspaceRight.APPLY_RUN);
      comment(db, caller, found.run(), comment);
      cancel(db, found.run(), caller.person().orElse(null));
    });
  }

  /// Cancels what a newer commit of a pull request has made pointless, each run by itself.
  public void supersede(NewestCommit newest) {
    List<RunId> older = database.read(db -> lists.openOfPullRequest(db, newest));
    for (RunId id : older) {
      database.useTransaction(db ->
          store
              .findForUpdate(db, id)
              .filter(Run::isCancelable)
              .ifPresent(run -> cancel(db, run, null)));
    }
  }

  private void cancel(Handle db, Run run, @Nullable Long actorKey) {
    if (!run.isCancelable()) {
      throw new Fault.Conflict(
          "The run is " + run.status().wire() + " and cannot be canceled now.");
    }
    Instant now = clock.instant();
    boolean working = isAtWork(db, run);
    store.setCanceled(
        db,
        run.key(),
        new RunStore.Cancel(
            working ? Run.CancelWish.INTERRUPT : null,
            now,
            now.plus(FORCE_CANCEL_AFTER),
            actorKey));
    if (working) {
      steps.record(db, run, "cancel_requested", actorKey);
      signalCancel(db, run);
    } else {
      steps.move(db, run, RunMove.CANCEL, actorKey);
    }
  }

  /// Whether a worker is there to heed a wish. Between two attempts of a plan there is none: the
  /// next would be told that the phase is over, and nobody would ever end the run. Nothing is lost
  /// by ending it here, for a claim waits for the lock that we hold, and finds the run over.
  private boolean isAtWork(Handle db, Run run) {
    return switch (run.status()) {
      case PLANNING -> phases.isLeased(db, phases.ofRun(db, run.key(), Phase.PLAN));
      case APPLYING -> phases.isLeased(db, phases.ofRun(db, run.key(), Phase.APPLY));
      default -> false;
    };
  }

  private void signalCancel(Handle db, Run run) {
    Phase phase = run.status() == RunStatus.PLANNING ? Phase.PLAN : Phase.APPLY;
    String phaseId = phase == Phase.PLAN ? run.planId().value() : run.applyId().value();
    outbox.add(db, new Job.SignalCancel(run.id(), phaseId), run.id().value(), phase.wire());
  }

  /// Gives up on a run whose worker does not end it: the workspace is free at once.
  public void forceCancel(Principal caller, RunId id, Optional<String> comment) {
    database.useTransaction(db -> {
      VisibleRun found = visible.lock(db, caller, id);
      found.access().require(WorkspaceRight.FORCE_UNLOCK);
      Run run = found.run();
      Instant now = clock.instant();
      if (!run.isForceCancelable(now)) {
        throw new Fault.Conflict(
            "A run can be canceled by force only after a cancel has not ended it within "
                + FORCE_CANCEL_AFTER.toSeconds()
                + " seconds.");
      }
      comment(db, caller, run, comment);
      store.setForceCanceled(db, run.key(), now);
      signalCancel(db, run);
      Run marked = store.find(db, run.key()).orElseThrow();
      steps.move(db, marked, RunMove.CANCEL, caller.person().orElse(null));
    });
  }

  /// Ends a stuck run for a site admin, who need have no part in its organization: at once, and
  /// without a cancel before. What waits for a decision is discarded.
  public void forceCancelAny(Principal admin, RunId id, Optional<String> comment) {
    Long actor = Access.requireSiteAdmin(admin).userKey();
    database.useTransaction(db -> {
      Run run = store.findForUpdate(db, id).orElseThrow(Fault.NotFound::new);
      if (!run.allows(RunMove.CANCEL) && !run.isDiscardable()) {
        throw new Fault.Conflict("The run is " + run.status().wire() + "; it is over.");
      }
      comment(db, admin, run, comment);
      if (!run.allows(RunMove.CANCEL)) {
        steps.move(db, run, RunMove.DISCARD, actor);
        return;
      }
      Instant now = clock.instant();
      if (isAtWork(db, run)) {
        signalCancel(db, run);
      }
      store.setCanceled(db, run.key(), new RunStore.Cancel(Run.CancelWish.KILL, now, now, actor));
      store.setForceCanceled(db, run.key(), now);
      steps.move(db, store.find(db, run.key()).orElseThrow(), RunMove.CANCEL, actor);
    });
  }

  /// Lets a pending run go first: what holds the workspace is discarded.
  public void forceExecute(Principal caller, RunId id) {
    database.useTransaction(db -> {
      VisibleRun found = visible.lock(db, caller, id);
      found.access().require(WorkspaceRight.APPLY_RUN);
      Run run = found.run();
      if (run.status() != RunStatus.PENDING) {
        throw new Fault.Forbidden("Only a pending run can be executed by force.");
      }
      Run holder =
          queue
              .holder(db, run.workspaceKey())
              .flatMap(holding -> store.find(db, holding))
              .orElseThrow(
                  () -> new Fault.Forbidden("The workspace is not locked by another run."));
      discardEarlier(db, run, holder, caller.person().orElse(null));
    });
  }

  private void discardEarlier(Handle db, Run run, Run holder, @Nullable Long actorKey) {
    if (!holder.isDiscardable()) {
      throw new Fault.Conflict(
          "The run that locks the workspace is "
              + holder.status().wire()
              + "; it cannot be discarded.");
    }
    for (Run earlier : lists.pendingBefore(db, run)) {
      steps.move(db, earlier, RunMove.DISCARD, actorKey);
    }
    steps.move(db, holder, RunMove.DISCARD, actorKey);
  }

  private void comment(Handle db, Principal caller, Run run, Optional<String> comment) {
    if (comment.isPresent() && !comment.get().isBlank()) {
      comments.say(db, caller, run, comment.get());
    }
  }
}
