package io.terrarium.core.run;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/// Every status of the API; which of them can be reached is [RunLifecycle]'s to say.
public enum RunStatus {
  PENDING,
  FETCHING,
  FETCHING_COMPLETED,
  PRE_PLAN_RUNNING,
  PRE_PLAN_COMPLETED,
  QUEUING,
  PLAN_QUEUED,
  PLANNING,
  PLANNED,
  COST_ESTIMATING,
  COST_ESTIMATED,
  POLICY_CHECKING,
  POLICY_OVERRIDE,
  POLICY_SOFT_FAILED,
  POLICY_CHECKED,
  POST_PLAN_RUNNING,
  POST_PLAN_AWAITING_DECISION,
  POST_PLAN_COMPLETED,
  PLANNED_AND_FINISHED,
  PLANNED_AND_SAVED,
  CONFIRMED,
  PRE_APPLY_RUNNING,
  PRE_APPLY_COMPLETED,
  QUEUING_APPLY,
  APPLY_QUEUED,
  APPLYING,
  POST_APPLY_RUNNING,
  POST_APPLY_COMPLETED,
  APPLIED,
  DISCARDED,
  ERRORED,
  CANCELED,
  FORCE_CANCELED;

  private static final Set<RunStatus> FINAL =
      EnumSet.of(
          APPLIED,
          PLANNED_AND_FINISHED,
          POLICY_SOFT_FAILED,
          DISCARDED,
          ERRORED,
          CANCELED,
          FORCE_CANCELED);

  /// The final ones as a list in SQL; `NOT IN` it is what the indexes of open runs are made for.
  public static final String FINAL_SQL =
      FINAL.stream()
          .map(status -> "'" + status.wire() + "'")
          .collect(Collectors.joining(", ", "(", ")"));

  /// The groups that lists can be narrowed to.
  public enum Group {
    NON_FINAL(EnumSet.complementOf(EnumSet.copyOf(RunStatus.FINAL))),
    FINAL(RunStatus.FINAL),
    DISCARDABLE(
        EnumSet.of(
            PLANNED,
            PLANNED_AND_SAVED,
            COST_ESTIMATED,
            POLICY_CHECKED,
            POLICY_OVERRIDE,
            POST_PLAN_RUNNING,
            POST_PLAN_COMPLETED));

    @SuppressWarnings("ImmutableEnumChecker") // a copy that nobody can change
    private final Set<RunStatus> statuses;

    Group(Set<RunStatus> statuses) {
      this.statuses = Set.copyOf(statuses);
    }

    List<String> wires() {
      return statuses.stream().map(RunStatus::wire).toList();
    }

    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  @JsonValue
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// Nothing follows.
  public boolean isFinal() {
    return FINAL.contains(this);
  }

  /// The key in `status-timestamps`.
  public String timestampKey() {
    return switch (this) {
      case PENDING -> "plan-queueable-at";
      case FETCHING_COMPLETED -> "fetched-at";
      default -> wire().replace('_', '-') + "-at";
    };
  }
}
