package io.terrarium.atlas.ui.run;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// What people may want of a new run, in the words of a form.
public enum RunKind {
  PLAN_AND_APPLY("Plan and apply", "Plans, and applies once the plan is confirmed.", ""),
  PLAN_ONLY("Plan only", "Shows what would change. Nothing can be applied.", "plan-only"),
  REFRESH_ONLY(
      "Refresh the state only",
      "Takes into the state what has changed outside of Terraform, and changes nothing else.",
      "refresh-only"),
  EMPTY_APPLY(
      "Allow an empty apply",
      "Applies even where nothing changes, such as after an upgrade of Terraform.",
      "allow-empty-apply"),
  DESTROY(
      "Destroy everything",
      "Plans to destroy all that the workspace manages. Read the plan well before you confirm it.",
      "is-destroy");

  private final String words;
  private final String hint;
  private final String attribute;

  /// @param attribute of the API that says so; "" for what a run does where nothing is said
  RunKind(String words, String hint, String attribute) {
    this.words = words;
    this.hint = hint;
    this.attribute = attribute;
  }

  /// The usual one where `wire` is none.
  static RunKind of(String wire) {
    return Arrays.stream(values())
        .filter(kind -> kind.wire().equals(wire))
        .findFirst()
        .orElse(PLAN_AND_APPLY);
  }

  static List<RunKind> offered(boolean allowsDestroy) {
    return Arrays.stream(values()).filter(kind -> allowsDestroy || kind != DESTROY).toList();
  }

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public String words() {
    return words;
  }

  public String hint() {
    return hint;
  }

  String attribute() {
    return attribute;
  }
}
