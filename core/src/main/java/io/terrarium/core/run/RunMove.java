package io.terrarium.core.run;

/// What can happen to a run.
public enum RunMove {
  /// It is its turn in the workspace (or it needs none).
  TAKE_TURN,
  /// RabbitMQ has the command of its plan.
  PLAN_ENQUEUED,
  /// A worker has claimed the plan.
  START_PLAN,
  FINISH_PLAN,
  /// Nothing is left to do after the plan.
  FINISH_RUN,
  /// A saved plan waits to be applied, without holding the workspace.
  SAVE,
  /// A person, or auto-apply, agrees with the plan.
  CONFIRM,
  QUEUE_APPLY,
  /// RabbitMQ has the command of its apply.
  APPLY_ENQUEUED,
  /// A worker has claimed the apply.
  START_APPLY,
  FINISH_APPLY,
  DISCARD,
  CANCEL,
  FAIL
}
