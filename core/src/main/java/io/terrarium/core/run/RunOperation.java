package io.terrarium.core.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What kind of run it is, as the API's `filter[operation]` names it.
public enum RunOperation {
  PLAN_AND_APPLY,
  PLAN_ONLY,
  REFRESH_ONLY,
  DESTROY,
  EMPTY_APPLY,
  SAVE_PLAN;

  /// What a list of runs shows where nobody asks for certain operations.
  static final List<String> ORDINARY =
      Arrays.stream(values())
          .filter(operation -> operation != PLAN_ONLY)
          .map(RunOperation::wire)
          .toList();

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static RunOperation of(RunOptions options) {
    if (options.planOnly()) {
      return PLAN_ONLY;
    }
    if (options.savePlan()) {
      return SAVE_PLAN;
    }
    if (options.destroy()) {
      return DESTROY;
    }
    if (options.refreshOnly()) {
      return REFRESH_ONLY;
    }
    return options.allowEmptyApply() ? EMPTY_APPLY : PLAN_AND_APPLY;
  }
}
