package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The exercises that take minutes, done as they say.
@Tag("long")
class LongLabsIT {
  @TempDir private Path directory;

  @BeforeAll
  static void browser() {
    Chromium.assumeInstalled();
  }

  private static Window signedIn(Chromium chromium, URI site) {
    Window window = chromium.window(site);
    window.signIn("admin", Site.PASSWORD);
    window.showsHeading("Organizations");
    return window;
  }

  @Test
  void a_build_worker_is_killed_in_the_midst_of_a_plan_and_another_one_plans_again() {
    try (MeshFixture fixture = MeshFixture.inLab(directory, true);
        Chromium chromium = new Chromium();
        Window window = signedIn(chromium, fixture.mesh().publicUrl())) {
      long before = fixture.pid("build-worker");
      Learner learner = Learner.begin(window, "Stop a build-worker in the midst of a plan");
      learner.press("Make the workspace");
      learner.isAt("Start a run");
      learner.startARun();
      learner.isAt("Take the worker away");
      window.press("Pause build-worker");
      window.shows("paused");
      window.press("Resume build-worker");
      window.press("Kill build-worker");
      learner.isDone();
      assertThat(fixture.pid("build-worker")).isNotEqualTo(before);
      window.assertNothingWentWrong();
    }
  }

  @Test
  void a_full_queue_lets_applies_go_first_and_plan_only_runs_last() {
    try (MeshFixture fixture = MeshFixture.inLab(directory, false);
        Chromium chromium = new Chromium();
        Window window = signedIn(chromium, fixture.mesh().publicUrl())) {
      Learner learner = Learner.begin(window, "Fill the queue");
      learner.press("Make the workspaces");
      learner.isAt("Fill the queue");
      learner.press("Fill the queue");
      learner.isAt("Overtake them");
      learner.confirm(learner.link());
      learner.isAt("Who went last?");
      learner.answer("Plan-only runs");
      learner.isDone();
      window.assertNothingWentWrong();
    }
  }

  /// With its first admin.
  private MeshProcess firstLab() {
    MeshProcess mesh = MeshProcess.up(directory, "--lab").awaitUp();
    mesh.firstSite();
    return mesh;
  }

  @Test
  void a_node_is_drained_and_started_anew() {
    try (Chromium chromium = new Chromium()) {
      try (MeshProcess mesh = firstLab();
          Window window = signedIn(chromium, mesh.publicUrl())) {
        Learner learner = Learner.begin(window, "Drain a node");
        learner.press("Make them, and start the long run");
        learner.isAt("Drain it");
        try (MeshProcess drain =
            MeshProcess.of(
                directory, "admin", "node-drain", "--data", MeshProcess.data(directory))) {
          learner.isAt("Ask for more");
          learner.startARun();
          learner.isAt("Start it anew");
          assertThat(drain.await()).isZero();
        }
        mesh.stop();
      }
      try (MeshProcess mesh = MeshProcess.up(directory, "--lab").awaitUp();
          Window window = signedIn(chromium, mesh.publicUrl())) {
        Learner.goOn(window, "drain-a-node").isDone();
        window.assertNothingWentWrong();
      }
    }
  }

  @Test
  void a_backup_is_restored_into_another_mesh_with_the_learners_notes() throws IOException {
    Path other = Files.createDirectory(directory.resolve("other"));
    Path password = Files.writeString(directory.resolve("password"), "befit brakeman unclasp\n");
    Path snapshot = directory.resolve("lab.snapshot");
    try (Chromium chromium = new Chromium()) {
      try (MeshProcess mesh = firstLab();
          Window window = signedIn(chromium, mesh.publicUrl())) {
        Learner learner = Learner.begin(window, "Restore a backup");
        learner.press("Make the workspace");
        learner.isAt("Apply it");
        String workspace = learner.link();
        learner.startARun();
        window.open(workspace);
        learner.confirm(workspace);
        learner.isAt("Take a backup");
        BackupIT.succeeds(BackupIT.run(directory, "backup", snapshot, password));
        mesh.stop();
      }
      try (MeshProcess mesh = MeshProcess.up(other, "--lab").awaitUp()) {
        BackupIT.succeeds(BackupIT.run(other, "restore", snapshot, password));
        mesh.stop();
      }
      try (MeshProcess mesh = MeshProcess.up(other, "--lab").awaitUp();
          Window window = signedIn(chromium, mesh.publicUrl())) {
        Learner.goOn(window, "restore-a-backup").isDone();
        window.assertNothingWentWrong();
      }
    }
  }
}
