package io.terrarium.mesh;

import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// The exercises, done as they say. Those that take minutes are in [LongLabsIT].
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LabsIT {
  @AutoClose private MeshFixture fixture;
  @AutoClose private Chromium chromium;
  @AutoClose private Window window;

  @BeforeAll
  void start(@TempDir Path directory) {
    Chromium.assumeInstalled();
    fixture = MeshFixture.inLab(directory, false);
    chromium = new Chromium();
    window = chromium.window(fixture.mesh().publicUrl());
    window.signIn("admin", Site.PASSWORD);
    window.showsHeading("Organizations");
  }

  @Test
  void a_run_is_followed_and_its_hops_answer_the_questions() {
    Learner learner = Learner.begin(window, "Follow a run through the mesh");
    learner.press("Make the workspace");
    learner.isAt("Start a run");
    String workspace = learner.link();
    learner.startARun();
    learner.isAt("Who ran terraform?");
    learner.answer("atlas");
    window.shows("The mesh has recorded something else");
    learner.answer("build-worker");
    learner.isAt("Who told the mesh that the plan had ended?");
    learner.answer("build-manager");
    learner.isAt("Apply it");
    learner.confirm(workspace);
    learner.isDone();
    window.assertNothingWentWrong();
  }

  @Test
  void redis_is_stopped_and_what_was_asked_for_meanwhile_is_done_afterwards() {
    Learner learner = Learner.begin(window, "Stop Redis");
    learner.press("Make the workspace");
    learner.isAt("Stop Redis");
    window.press("Stop redis");
    learner.isAt("Ask for a run");
    learner.startARun();
    learner.isAt("Start Redis again");
    window.press("Start redis");
    learner.isDone();
    window.assertNothingWentWrong();
  }

  @Test
  void a_webhook_is_forged_refused_and_mended() {
    Learner learner = Learner.begin(window, "Break the signature of a webhook");
    learner.press("Make them");
    learner.isAt("Push a commit");
    learner.press("Push a commit");
    learner.isAt("Change the secret");
    learner.press("Change the secret at the host");
    learner.isAt("Push again");
    learner.press("Push another commit");
    learner.isAt("Mend it");
    String repository = learner.code();
    window.open(learner.link());
    window.shows("A call of its webhook was refused");
    window.press("Save");
    window.shows("The workspace follows " + repository);
    learner.comeBack();
    learner.isAt("Push once more");
    learner.press("Push once more");
    learner.isDone();
    window.assertNothingWentWrong();
  }
}
