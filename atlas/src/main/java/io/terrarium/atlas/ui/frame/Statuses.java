package io.terrarium.atlas.ui.frame;

import io.terrarium.core.run.RunPhase;
import io.terrarium.core.run.RunStatus;

/// How statuses are said to people: the words of the real product's pages, and one of five colours.
public final class Statuses {
  private Statuses() {}

  /// `good`, `bad`, `wait` for a person, `busy`, or "".
  public static String colour(RunStatus status) {
    return switch (status) {
      case APPLIED, PLANNED_AND_FINISHED -> "good";
      case ERRORED, POLICY_SOFT_FAILED -> "bad";
      case PLANNED,
          PLANNED_AND_SAVED,
          COST_ESTIMATED,
          POLICY_CHECKED,
          POLICY_OVERRIDE,
          POST_PLAN_AWAITING_DECISION,
          POST_PLAN_COMPLETED ->
          "wait";
      case DISCARDED, CANCELED, FORCE_CANCELED -> "";
      default -> "busy";
    };
  }

  /// Of a plan or an apply.
  public static String colour(RunPhase.Status status) {
    return switch (status) {
      case FINISHED -> "good";
      case ERRORED -> "bad";
      case RUNNING, QUEUED, MANAGED_QUEUED -> "busy";
      case PENDING, CREATED, CANCELED, UNREACHABLE, MFA_WAITING -> "";
    };
  }

  public static String words(RunPhase.Status status) {
    String words = status.wire().replace('_', ' ');
    return Character.toUpperCase(words.charAt(0)) + words.substring(1);
  }

  public static String words(RunStatus status) {
    return switch (status) {
      case PLANNED, COST_ESTIMATED, POLICY_CHECKED, POST_PLAN_COMPLETED -> "Needs confirmation";
      case PLANNED_AND_FINISHED -> "Planned and finished";
      case PLANNED_AND_SAVED -> "Planned and saved";
      case POLICY_OVERRIDE, POST_PLAN_AWAITING_DECISION -> "Needs a decision";
      case POLICY_SOFT_FAILED -> "Policy failed";
      case PLAN_QUEUED, QUEUING -> "Plan queued";
      case APPLY_QUEUED, QUEUING_APPLY -> "Apply queued";
      case FORCE_CANCELED -> "Force-canceled";
      default -> {
        String words = status.wire().replace('_', ' ');
        yield Character.toUpperCase(words.charAt(0)) + words.substring(1);
      }
    };
  }
}
