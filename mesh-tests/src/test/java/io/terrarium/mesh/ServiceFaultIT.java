package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Services that are killed while a run is under way, each in a process of its own.
class ServiceFaultIT {
  private static final String ORGANIZATION = "faults";

  @TempDir private static Path directory;
  private static final Hold planHold = new Hold();
  private static MeshFixture fixture;
  private static Site site;

  @BeforeAll
  static void start() {
    fixture = MeshFixture.holdingPlans(directory, true, planHold);
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "atlas",
        "sidekiq-worker",
        "build-manager",
        "archivist",
        "state-parser",
        "vault",
        "broker",
        "s3"
      })
  void a_run_is_applied_although_a_service_is_killed_in_the_middle(String service) {
    try (Hold hold = new Hold()) {
      String workspace = site.workspace(ORGANIZATION, service);
      site.upload(workspace, Slugs.of("main.tf", hold.resource("held")));
      String run = site.queueRun(workspace);
      hold.awaitArrivals(1);

      fixture.kill(service);

      hold.release();
      site.awaitStatus(run, "applied");
      assertThat(hold.arrived()).as("applies").isEqualTo(1);
      assertThat(site.log(run, "apply")).contains("Apply complete!").endsWith("\u0003");
    }
  }

  @Test
  void a_notification_arrives_although_the_outbound_proxy_is_killed() {
    try (Receivers receivers = new Receivers()) {
      String workspace = site.workspace(ORGANIZATION, "told");
      ApiClient.Answer configured =
          site.api()
              .post(
                  "/api/v2/workspaces/" + workspace + "/notification-configurations",
                  """
                  {"data":{"type":"notification-configurations","attributes":{"name":"told",
                    "destination-type":"generic","url":"%s","enabled":true,
                    "triggers":["run:completed"]}}}
                  """
                      .formatted(receivers.url("/told")));
      assertThat(configured.status()).as(configured.text()).isEqualTo(201);
      site.upload(workspace, Slugs.of("main.tf", "resource \"terraform_data\" \"a\" {}\n"));
      String run = site.queueRun(workspace, "{\"auto-apply\":false}");
      site.awaitStatus(run, "planned");

      fixture.kill("outbound-proxy");
      site.api().post("/api/v2/runs/" + run + "/actions/apply", "{}");

      Eventually.until(
          () -> "only " + receivers.letters("/told"),
          () ->
              receivers.letters("/told").stream()
                  .anyMatch(letter -> letter.body().contains("run:completed")));
    }
  }

  @Test
  void a_push_becomes_one_run_although_slug_ingress_is_killed_while_it_fetches() {
    try (GitLab git = new GitLab(site, ORGANIZATION);
        IngestedPushes pushes = new IngestedPushes(site, git, "pushed")) {
      GitLab.Gate gate = git.gate("pushed");
      pushes.push();
      gate.awaitArrival();

      fixture.kill("slug-ingress");

      gate.open();
      pushes.assertSettled();
    }
  }

  @Test
  void a_worker_killed_in_a_plan_costs_the_plan_a_second_attempt() {
    TerraformCli terraform =
        initialized("plan", Wrapper.WAITS_IN_PLAN + "resource \"terraform_data\" \"a\" {}\n");
    try (TerraformCli.Running apply = terraform.start("apply", "-auto-approve")) {
      planHold.awaitArrivals(1);

      fixture.kill("build-worker");

      planHold.release();
      TerraformCli.Result result = apply.answer("").await();
      assertThat(result.exit()).as(result.output()).isZero();
      assertThat(planHold.arrived()).as("plans").isEqualTo(2);
      assertThat(result.output()).contains("Apply complete!");
    }
  }

  @Test
  void a_worker_killed_in_an_apply_ends_the_run_and_the_next_one_goes_on() {
    try (Hold hold = new Hold()) {
      TerraformCli terraform = initialized("apply", hold.resource("held"));
      try (TerraformCli.Running apply = terraform.start("apply", "-auto-approve")) {
        hold.awaitArrivals(1);
        String run = site.latestRun(ORGANIZATION, "apply");

        fixture.kill("build-worker");

        TerraformCli.Result result = apply.answer("").await();
        assertThat(result.exit()).as(result.output()).isNotZero();
        assertThat(site.status(run)).isEqualTo("errored");
        assertThat(hold.arrived()).as("an apply is never repeated").isEqualTo(1);
      }
      hold.release();
      TerraformCli.Result next = terraform.run("apply", "-auto-approve");
      assertThat(next.exit()).as(next.output()).isZero();
    }
  }
}
