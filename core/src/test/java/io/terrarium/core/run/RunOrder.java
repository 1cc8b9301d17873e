package io.terrarium.core.run;

import io.terrarium.contracts.id.WorkspaceId;
import java.util.List;
import java.util.Optional;

/// What a test asks of a new run; a plain one waits for a person between plan and apply.
record RunOrder(
    boolean planOnly,
    boolean savePlan,
    boolean autoApply,
    boolean refreshOnly,
    boolean destroy,
    boolean allowEmptyApply) {

  static RunOrder aRun() {
    return new RunOrder(false, false, false, false, false, false);
  }

  RunOrder speculative() {
    return new RunOrder(true, savePlan, autoApply, refreshOnly, destroy, allowEmptyApply);
  }

  RunOrder saved() {
    return new RunOrder(planOnly, true, autoApply, refreshOnly, destroy, allowEmptyApply);
  }

  RunOrder automatic() {
    return new RunOrder(planOnly, savePlan, true, refreshOnly, destroy, allowEmptyApply);
  }

  RunOrder refreshing() {
    return new RunOrder(planOnly, savePlan, autoApply, true, destroy, allowEmptyApply);
  }

  RunOrder destroying() {
    return new RunOrder(planOnly, savePlan, autoApply, refreshOnly, true, allowEmptyApply);
  }

  RunOrder evenEmpty() {
    return new RunOrder(planOnly, savePlan, autoApply, refreshOnly, destroy, true);
  }

  NewRun in(WorkspaceId workspace) {
    return new NewRun(
        workspace,
        Optional.empty(),
        Optional.empty(),
        "tfe-api",
        "manual",
        destroy,
        true,
        refreshOnly,
        Optional.of(autoApply),
        allowEmptyApply,
        false,
        Optional.of(planOnly),
        savePlan,
        false,
        false,
        Optional.empty(),
        null,
        null,
        List.of());
  }
}
