package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Parts;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// A mesh is backed up in the middle of its work, dies, and is restored into a new one, which has
/// nothing of it but the snapshot and its `root_secret`.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Tag("long")
class BackupIT {
  private static final String CONFIGURATION =
      """
      variable "word" {
        type      = string
        sensitive = true
      }
      resource "terraform_data" "a" {
        input = var.word
      }
      output "word" {
        value     = terraform_data.a.output
        sensitive = true
      }
      """;

  @TempDir static Path directory;
  private final Parts parts = new Parts("a test of backups");
  private Site before;
  private Site after;
  private String appliedRun = "";
  private String cutRun = "";
  private String waitingRun = "";
  private String logBefore = "";
  private String stateBefore = "";
  private String wrongPassword = "";
  private String cutFile = "";
  private String secondRestore = "";

  @BeforeAll
  void backUpAndRestore() throws IOException {
    Path old = Files.createDirectories(directory.resolve("old"));
    Path fresh = Files.createDirectories(directory.resolve("fresh"));
    Path snapshot = directory.resolve("mesh.snapshot");
    Path password = Files.writeString(directory.resolve("password"), "befit brakeman unclasp\n");
    try (Hold hold = new Hold()) {
      try (MeshProcess mesh = MeshProcess.up(old).awaitUp()) {
        before = mesh.firstSite();
        work(hold);
        succeeds(run(old, "backup", snapshot, password));
        mesh.killAll();
      }
      hold.release();
      Path settings =
          Files.writeString(
              directory.resolve("settings.json"),
              "{\"root_secret\":{\"value\":\"" + before.secret("root_secret") + "\"}}");
      try (MeshProcess mesh = MeshProcess.up(fresh, "--settings", settings.toString()).awaitUp()) {
        restore(fresh, snapshot, password);
        mesh.stop();
      }
      MeshProcess restored = parts.add(MeshProcess.up(fresh, "--settings", settings.toString()));
      restored.awaitUp();
      after = restored.site(before);
      Eventually.until(
          () -> "the run that was waiting is " + after.status(waitingRun),
          () -> after.status(waitingRun).equals("applied"));
    }
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  /// One run is applied, one is being applied, one waits behind it.
  private void work(Hold hold) {
    before.organization("kept");
    String workspace = before.workspace("kept", "finished");
    before
        .api()
        .post(
            "/api/v2/workspaces/" + workspace + "/vars",
            "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"word\",\"value\":\"very secret\",\"category\":\"terraform\",\"sensitive\":true}}}");
    before.initialized("kept", "finished", CONFIGURATION).succeeds("apply", "-auto-approve");
    appliedRun = before.latestRun("kept", "finished");
    logBefore = before.log(appliedRun, "plan") + before.log(appliedRun, "apply");
    stateBefore = state(before);
    String busy = before.workspace("kept", "busy");
    before.upload(busy, Slugs.of("main.tf", hold.resource("held")));
    cutRun = before.queueRun(busy);
    hold.awaitArrivals(1);
    waitingRun = before.queueRun(busy);
  }

  private void restore(Path fresh, Path snapshot, Path password) throws IOException {
    Path other = Files.writeString(directory.resolve("other"), "another\n");
    wrongPassword = refused(run(fresh, "restore", snapshot, other));
    byte[] whole = Files.readAllBytes(snapshot);
    Path half = directory.resolve("half.snapshot");
    Files.write(half, Arrays.copyOf(whole, whole.length / 2));
    cutFile = refused(run(fresh, "restore", half, password));
    succeeds(run(fresh, "restore", snapshot, password));
    secondRestore = refused(run(fresh, "restore", snapshot, password));
  }

  static MeshProcess run(Path place, String command, Path file, Path password) {
    return MeshProcess.of(
        place,
        command,
        file.toString(),
        "--data",
        MeshProcess.data(place),
        "--password-file",
        password.toString());
  }

  static void succeeds(MeshProcess command) {
    try (command) {
      assertThat(command.await()).as(command.output()).isZero();
    }
  }

  private static String refused(MeshProcess command) {
    try (command) {
      assertThat(command.await()).as(command.output()).isEqualTo(1);
      return String.join("\n", command.explanation());
    }
  }

  private static String state(Site site) {
    String workspace = site.workspaceId("kept", "finished");
    ApiClient.Answer current =
        site.api().get("/api/v2/workspaces/" + workspace + "/current-state-version");
    return site.api().open(current.attribute("hosted-state-download-url").asText()).text();
  }

  @Nested
  class A_restored_mesh {
    @Test
    void lets_its_users_in() {
      assertThat(after.api().get("/api/v2/account/details").attribute("username").asText())
          .isEqualTo("admin");
    }

    @Test
    void has_the_logs() {
      assertThat(after.log(appliedRun, "plan") + after.log(appliedRun, "apply"))
          .isEqualTo(logBefore);
    }

    @Test
    void has_the_states() {
      assertThat(stateBefore).contains("very secret");
      assertThat(state(after)).isEqualTo(stateBefore);
    }

    @Test
    void finds_nothing_to_change_and_works_on() {
      TerraformCli terraform = after.initialized("kept", "finished", CONFIGURATION);

      String plan = terraform.succeeds("plan");
      String apply =
          terraform
              .write("more.tf", "resource \"terraform_data\" \"b\" {}\n")
              .succeeds("apply", "-auto-approve");

      assertThat(plan).contains("No changes");
      assertThat(apply).contains("1 added, 0 changed, 0 destroyed");
    }

    @Test
    void ends_the_apply_that_was_at_work() {
      assertThat(after.status(cutRun)).isEqualTo("errored");
    }

    @Test
    void goes_on_with_what_waited() {
      assertThat(after.status(waitingRun)).isEqualTo("applied");
    }
  }

  @Nested
  class A_restore_is_refused {
    @Test
    void with_another_password() {
      assertThat(wrongPassword).contains("password");
    }

    @Test
    void of_a_file_that_was_cut() {
      assertThat(cutFile).contains("cut off");
    }

    @Test
    void where_somebody_works_already() {
      assertThat(secondRestore).contains("in use");
    }
  }
}
