package io.terrarium.core.notification;

import io.terrarium.core.run.Run;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What of a run a receiver can be told of.
enum RunTrigger {
  CREATED,
  PLANNING,
  NEEDS_ATTENTION,
  APPLYING,
  COMPLETED,
  ERRORED;

  /// Documented for health assessments and auto-destroy runs. Clients set them by default, and
  /// nothing here sets them off.
  private static final Set<String> OF_OTHER_EVENTS =
      Set.of(
          "assessment:check_failure",
          "assessment:drifted",
          "assessment:failed",
          "workspace:auto_destroy_reminder",
          "workspace:auto_destroy_run_results");

  /// All that a configuration may name.
  static final Set<String> DOCUMENTED =
      Stream.concat(Arrays.stream(values()).map(RunTrigger::wire), OF_OTHER_EVENTS.stream())
          .collect(Collectors.toUnmodifiableSet());

  String wire() {
    return "run:" + name().toLowerCase(Locale.ROOT);
  }

  /// What the run's status is to those who are told. Nobody is told of speculative plans. A discard
  /// counts among the errors, as on the real product.
  static Optional<RunTrigger> of(Run run) {
    if (run.options().planOnly()) {
      return Optional.empty();
    }
    return switch (run.status()) {
      case PENDING -> Optional.of(CREATED);
      case PLANNING -> Optional.of(PLANNING);
      case PLANNED -> waits(run) ? Optional.of(NEEDS_ATTENTION) : Optional.empty();
      case PLANNED_AND_SAVED, POLICY_OVERRIDE -> Optional.of(NEEDS_ATTENTION);
      case APPLYING -> Optional.of(APPLYING);
      case APPLIED, PLANNED_AND_FINISHED -> Optional.of(COMPLETED);
      case ERRORED, CANCELED, FORCE_CANCELED, DISCARDED, POLICY_SOFT_FAILED -> Optional.of(ERRORED);
      default -> Optional.empty();
    };
  }

  /// The plan has changes, and a person is to decide on them.
  private static boolean waits(Run planned) {
    return !planned.options().savePlan()
        && !planned.options().autoApply()
        && (planned.hasChanges() || planned.options().allowEmptyApply());
  }
}
