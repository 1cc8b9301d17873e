package io.terrarium.core.vcs;

import io.terrarium.core.vcshost.CommitStatus.State;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What plans come to together, in one word and in a line.
final class PlanOutcome {
  private PlanOutcome() {}

  /// One that has failed decides, then one that is still under way.
  static State of(List<CommitStatusStore.Plan> plans) {
    Set<State> states = EnumSet.noneOf(State.class);
    plans.forEach(plan -> states.add(of(plan)));
    for (State first : List.of(State.FAILURE, State.ERROR, State.CANCELED, State.PENDING)) {
      if (states.contains(first)) {
        return first;
      }
    }
    return State.SUCCESS;
  }

  private static State of(CommitStatusStore.Plan plan) {
    return switch (plan.planStatus()) {
      case "finished" -> State.SUCCESS;
      case "errored" -> State.FAILURE;
      case "canceled" -> State.CANCELED;
      default ->
          switch (plan.runStatus()) {
            case "errored" -> State.ERROR;
            case "canceled", "force_canceled", "discarded" -> State.CANCELED;
            default -> State.PENDING;
          };
    };
  }

  static String told(List<CommitStatusStore.Plan> plans) {
    if (plans.size() == 1) {
      return told(plans.getFirst());
    }
    long done = plans.stream().filter(plan -> of(plan) == State.SUCCESS).count();
    return done + " of " + plans.size() + " workspaces planned";
  }

  private static String told(CommitStatusStore.Plan plan) {
    return switch (of(plan)) {
      case SUCCESS ->
          "Terraform plan: %d to add, %d to change, %d to destroy."
              .formatted(plan.additions(), plan.changes(), plan.destructions());
      case FAILURE, ERROR -> "Terraform plan errored.";
      case CANCELED -> "Terraform plan was canceled.";
      case PENDING, RUNNING -> "Terraform plan is pending.";
    };
  }
}
