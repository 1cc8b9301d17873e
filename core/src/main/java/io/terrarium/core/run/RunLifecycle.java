package io.terrarium.core.run;

import static io.terrarium.core.run.RunMove.APPLY_ENQUEUED;
import static io.terrarium.core.run.RunMove.CANCEL;
import static io.terrarium.core.run.RunMove.CONFIRM;
import static io.terrarium.core.run.RunMove.DISCARD;
import static io.terrarium.core.run.RunMove.FAIL;
import static io.terrarium.core.run.RunMove.FINISH_APPLY;
import static io.terrarium.core.run.RunMove.FINISH_PLAN;
import static io.terrarium.core.run.RunMove.FINISH_RUN;
import static io.terrarium.core.run.RunMove.PLAN_ENQUEUED;
import static io.terrarium.core.run.RunMove.QUEUE_APPLY;
import static io.terrarium.core.run.RunMove.SAVE;
import static io.terrarium.core.run.RunMove.START_APPLY;
import static io.terrarium.core.run.RunMove.START_PLAN;
import static io.terrarium.core.run.RunMove.TAKE_TURN;
import static io.terrarium.core.run.RunStatus.APPLIED;
import static io.terrarium.core.run.RunStatus.APPLYING;
import static io.terrarium.core.run.RunStatus.APPLY_QUEUED;
import static io.terrarium.core.run.RunStatus.CANCELED;
import static io.terrarium.core.run.RunStatus.CONFIRMED;
import static io.terrarium.core.run.RunStatus.DISCARDED;
import static io.terrarium.core.run.RunStatus.ERRORED;
import static io.terrarium.core.run.RunStatus.PENDING;
import static io.terrarium.core.run.RunStatus.PLANNED;
import static io.terrarium.core.run.RunStatus.PLANNED_AND_FINISHED;
import static io.terrarium.core.run.RunStatus.PLANNED_AND_SAVED;
import static io.terrarium.core.run.RunStatus.PLANNING;
import static io.terrarium.core.run.RunStatus.PLAN_QUEUED;
import static io.terrarium.core.run.RunStatus.QUEUING;
import static io.terrarium.core.run.RunStatus.QUEUING_APPLY;
import static io.terrarium.kernel.state.Transitions.rule;

import io.terrarium.kernel.state.Transitions;
import java.util.List;

/// The run state machine: the only place that says what may follow what. Stages to come (fetching,
/// tasks, cost, policies) slot in as rows.
public final class RunLifecycle {
  public static final Transitions<RunStatus, RunMove> TABLE =
      new Transitions<>(
          List.of(
              rule(PENDING, TAKE_TURN, QUEUING),
              rule(PENDING, DISCARD, DISCARDED),
              rule(PENDING, CANCEL, CANCELED),
              rule(QUEUING, PLAN_ENQUEUED, PLAN_QUEUED),
              // The worker may be faster than sidekiq's word that the broker has the command.
              rule(QUEUING, START_PLAN, PLANNING),
              rule(QUEUING, CANCEL, CANCELED),
              rule(QUEUING, FAIL, ERRORED),
              rule(PLAN_QUEUED, START_PLAN, PLANNING),
              rule(PLAN_QUEUED, CANCEL, CANCELED),
              rule(PLAN_QUEUED, FAIL, ERRORED),
              rule(PLANNING, FINISH_PLAN, PLANNED),
              rule(PLANNING, CANCEL, CANCELED),
              rule(PLANNING, FAIL, ERRORED),
              rule(PLANNED, FINISH_RUN, PLANNED_AND_FINISHED),
              rule(PLANNED, SAVE, PLANNED_AND_SAVED),
              rule(PLANNED, CONFIRM, CONFIRMED),
              rule(PLANNED, DISCARD, DISCARDED),
              rule(PLANNED_AND_SAVED, CONFIRM, CONFIRMED),
              rule(PLANNED_AND_SAVED, DISCARD, DISCARDED),
              rule(CONFIRMED, QUEUE_APPLY, QUEUING_APPLY),
              rule(CONFIRMED, CANCEL, CANCELED),
              rule(QUEUING_APPLY, APPLY_ENQUEUED, APPLY_QUEUED),
              rule(QUEUING_APPLY, START_APPLY, APPLYING),
              rule(QUEUING_APPLY, CANCEL, CANCELED),
              rule(QUEUING_APPLY, FAIL, ERRORED),
              rule(APPLY_QUEUED, START_APPLY, APPLYING),
              rule(APPLY_QUEUED, CANCEL, CANCELED),
              rule(APPLY_QUEUED, FAIL, ERRORED),
              rule(APPLYING, FINISH_APPLY, APPLIED),
              rule(APPLYING, CANCEL, CANCELED),
              rule(APPLYING, FAIL, ERRORED)));

  private RunLifecycle() {}
}
