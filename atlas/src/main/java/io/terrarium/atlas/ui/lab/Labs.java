package io.terrarium.atlas.ui.lab;

import io.terrarium.contracts.lab.LabPart;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunStatus;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.kernel.crypto.Tokens;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/// What several exercises look for.
final class Labs {
  /// The fact that names the workspace of an exercise.
  static final String WORKSPACE = "workspace";

  private static final Set<RunStatus> BEFORE_THE_PLAN =
      Set.of(
          RunStatus.PENDING,
          RunStatus.FETCHING,
          RunStatus.FETCHING_COMPLETED,
          RunStatus.QUEUING,
          RunStatus.PLAN_QUEUED);

  private Labs() {}

  /// A name that nobody has, since an exercise may be done again.
  static String named(String exercise) {
    return exercise + "-" + Tokens.hex(2);
  }

  /// To be remembered under `key`, with the name for the pages.
  static Map<String, String> made(String key, Workspace workspace) {
    return Map.of(key, workspace.id().value(), key + "-name", workspace.settings().name());
  }

  static Finding isThere(Scene scene) {
    return scene
        .workspace(WORKSPACE)
        .map(there ->
            Finding.done("The workspace " + there.settings().name() + " has its configuration."))
        .orElseGet(() -> Finding.open("There is no workspace yet."));
  }

  static boolean waits(Run run) {
    return BEFORE_THE_PLAN.contains(run.status());
  }

  static boolean plans(Run run) {
    return run.status() == RunStatus.PLANNING;
  }

  static boolean hasPlanned(Run run) {
    return !waits(run) && !plans(run);
  }

  static String word(LabPart.State state) {
    return state.name().toLowerCase(Locale.ROOT);
  }

  static String words(Run run) {
    return run.id().value() + " is " + run.status().wire().replace('_', ' ') + ".";
  }
}
