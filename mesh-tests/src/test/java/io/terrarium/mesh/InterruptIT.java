package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ctrl-C of the real terraform while a run is under way.
class InterruptIT {
  private static final String ORGANIZATION = "interrupts";
  private static final String CREATED = "resource \"terraform_data\" \"a\" {}\n";

  @TempDir private static Path directory;
  private static final Hold planHold = new Hold();
  private static MeshFixture fixture;
  private static Site site;

  @BeforeAll
  static void start() {
    fixture = MeshFixture.holdingPlans(directory, false, planHold);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  @AfterAll
  static void stop() {
    planHold.close();
    fixture.close();
  }

  private static TerraformCli initialized(String workspace, String configuration) {
    return site.initialized(ORGANIZATION, workspace, configuration);
  }

  private static boolean isLocked(String workspace) {
    return site.api()
        .get("/api/v2/organizations/" + ORGANIZATION + "/workspaces/" + workspace)
        .attribute("locked")
        .asBoolean(true);
  }

  /// Terraform goes away without a word to the mesh when the interrupt finds it in the middle of a
  /// request; its user then cancels the run that it has left.
  private static void cancelWhereLeft(TerraformCli.Running command, String workspace) {
    if (!command.output().contains("successfully cancelled")) {
      String run = site.latestRun(ORGANIZATION, workspace);
      ApiClient.Answer asked = site.api().post("/api/v2/runs/" + run + "/actions/cancel", "{}");
      assertThat(asked.status()).as(asked.text()).isEqualTo(202);
    }
  }

  @Nested
  class A_plan {
    @Test
    void is_canceled_and_unlocks_its_workspace() {
      TerraformCli terraform = initialized("plan", Wrapper.WAITS_IN_PLAN + CREATED);
      try (TerraformCli.Running plan = terraform.start("plan")) {
        planHold.awaitArrivals(1);
        plan.awaitOutput(text -> text.contains("Initializing plugins"));

        plan.interrupt().awaitOutput(text -> TerraformCli.Running.asks(text) || !plan.isAlive());
        if (plan.isAlive()) {
          plan.answer("yes").await();
        }
        cancelWhereLeft(plan, "plan");

        site.awaitStatus(site.latestRun(ORGANIZATION, "plan"), "canceled");
        assertThat(isLocked("plan")).isFalse();
      }
    }
  }

  @Nested
  class A_question_for_approval {
    @Test
    void ends_without_an_answer_and_leaves_the_run_to_be_discarded() {
      TerraformCli terraform = initialized("question", CREATED);
      try (TerraformCli.Running apply = terraform.start("apply")) {
        apply.awaitOutput(TerraformCli.Running::asks);
        String run = site.latestRun(ORGANIZATION, "question");

        TerraformCli.Result result = apply.interrupt().await();

        assertThat(site.status(run)).as(result.output()).isEqualTo("planned");
        assertThat(isLocked("question")).isTrue();
        int discarded = site.api().post("/api/v2/runs/" + run + "/actions/discard", "{}").status();
        assertThat(discarded).isEqualTo(202);
        site.awaitStatus(run, "discarded");
        assertThat(isLocked("question")).isFalse();
      }
    }
  }

  @Nested
  class An_apply {
    @Test
    void is_canceled_and_keeps_the_state_so_far() {
      try (Hold hold = new Hold()) {
        TerraformCli terraform =
            initialized(
                "apply",
                CREATED
                    + hold.resource("held")
                        .replace("{\n  prov", "{\n  depends_on = [terraform_data.a]\n  prov"));
        try (TerraformCli.Running apply = terraform.start("apply", "-auto-approve")) {
          hold.awaitArrivals(1);
          apply.awaitOutput(text -> text.contains("terraform_data.held: Creating..."));

          apply.interrupt().await();

          cancelWhereLeft(apply, "apply");
        }
        site.awaitStatus(site.latestRun(ORGANIZATION, "apply"), "canceled");
        assertThat(isLocked("apply")).isFalse();
        Eventually.until(
            () -> "the state holds " + terraform.run("state", "list").output(),
            () -> terraform.run("state", "list").output().contains("terraform_data.a"));
      }
    }
  }
}
