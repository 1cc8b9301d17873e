package io.terrarium.atlas.ui.lab;

import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunStatus;
import io.terrarium.core.workspace.Workspace;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A snapshot of this mesh comes to life in another one, with these very notes.
final class RestoreABackup {
  private static final String MESH = "mesh";
  private static final String CONFIGURATION =
      """
      resource "terraform_data" "keepsake" {
        input = "worth keeping"
      }
      """;

  private RestoreABackup() {}

  static Exercise exercise() {
    return new Exercise(
        "restore-a-backup",
        12,
        List.of(),
        List.of(
            Step.by("Make the workspace", RestoreABackup::make, Labs::isThere),
            Step.seen(RestoreABackup::isApplied),
            Step.seen(RestoreABackup::isElsewhere),
            Step.seen(RestoreABackup::isWhole)));
  }

  private static Map<String, String> make(Scene scene, Workbench bench) {
    Workspace workspace = bench.workspace(Labs.named("restore-a-backup"), CONFIGURATION);
    Map<String, String> facts = new HashMap<>(Labs.made(Labs.WORKSPACE, workspace));
    facts.put(MESH, scene.mesh().node());
    return facts;
  }

  private static Finding isApplied(Scene scene) {
    return scene.runs(Labs.WORKSPACE).stream()
        .filter(run -> run.status() == RunStatus.APPLIED)
        .findFirst()
        .map(run -> Finding.done(Labs.words(run)))
        .orElseGet(() -> Finding.open("No run of the workspace is applied yet."));
  }

  private static Finding isElsewhere(Scene scene) {
    return scene.mesh().node().equals(scene.fact(MESH))
        ? Finding.open(
            "This is still the mesh in which you have begun. Open this page in the restored one.")
        : Finding.done("These notes are in another mesh now, " + scene.mesh().node() + ".");
  }

  private static Finding isWhole(Scene scene) {
    Optional<Workspace> workspace = scene.workspace(Labs.WORKSPACE);
    Optional<Run> run = scene.newestRun(Labs.WORKSPACE);
    return workspace.isPresent()
            && workspace.get().related().currentStateVersion() != null
            && run.isPresent()
        ? Finding.done("The workspace, its run and its state are here.")
        : Finding.open("The workspace or its state did not come along.");
  }
}
