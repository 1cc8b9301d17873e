package com.example.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testkit.Terrarium;
import io.terrarium.testkit.TerrariumTest;
import java.net.http.HttpClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Runs are played from scripts here, so no Terraform is needed, and every ending can be had. */
@TerrariumTest
class DeployerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int DESTRUCTIONS_MAX = 3;

  private final Terrarium terrarium;
  private final EnterpriseClient client;

  DeployerTest(Terrarium terrarium) {
    this.terrarium = terrarium;
    HttpClient http = HttpClient.newBuilder().sslContext(terrarium.sslContext()).build();
    client = new EnterpriseClient(http, terrarium.address(), terrarium.token());
  }

  private String workspace(String name) {
    return client
        .create(
            "/organizations/" + terrarium.organization() + "/workspaces",
            """
            {"data":{"type":"workspaces","attributes":{"name":"%s","terraform-version":"%s"}}}
            """
                .formatted(name, Terrarium.SCRIPTED))
        .path("id")
        .asText();
  }

  private Deployer.Outcome deploy(String name, Duration patience, String script)
      throws InterruptedException {
    return new Deployer(client, DESTRUCTIONS_MAX, patience)
        .deploy(workspace(name), Slug.of("terrarium-script.json", script));
  }

  private String latestStatus(String name) {
    String workspace =
        client
            .get("/organizations/" + terrarium.organization() + "/workspaces/" + name)
            .path("id")
            .asText();
    return client
        .get("/workspaces/" + workspace + "/runs")
        .path(0)
        .path("attributes")
        .path("status")
        .asText();
  }

  @Test
  void applies_what_destroys_little() throws InterruptedException {
    String script = "{\"plan\": {\"changes\": {\"add\": 2, \"destroy\": 3}}}";

    Deployer.Outcome outcome = deploy("little", PATIENCE, script);

    assertThat(outcome).isEqualTo(Deployer.Outcome.APPLIED);
    assertThat(latestStatus("little")).isEqualTo("applied");
  }

  @Test
  void discards_what_destroys_much() throws InterruptedException {
    String script = "{\"plan\": {\"changes\": {\"destroy\": 4}}}";

    Deployer.Outcome outcome = deploy("much", PATIENCE, script);

    assertThat(outcome).isEqualTo(Deployer.Outcome.REFUSED);
    assertThat(latestStatus("much")).isEqualTo("discarded");
  }

  @Test
  void has_nothing_to_do_where_nothing_changes() throws InterruptedException {
    assertThat(deploy("same", PATIENCE, "{}")).isEqualTo(Deployer.Outcome.UNCHANGED);
  }

  @Test
  void cancels_a_plan_that_takes_too_long() throws InterruptedException {
    String script = "{\"plan\": {\"log\": [\"Thinking...\"], \"duration_ms\": 600000}}";

    Deployer.Outcome outcome = deploy("slow", Duration.ofSeconds(2), script);

    assertThat(outcome).isEqualTo(Deployer.Outcome.TOO_SLOW);
  }

  @Test
  void tells_that_an_apply_has_failed() throws InterruptedException {
    String script =
        """
        {"plan": {"changes": {"add": 1}},
         "apply": {"log": ["Error: quota exceeded"], "outcome": "errored"}}
        """;

    assertThat(deploy("failing", PATIENCE, script)).isEqualTo(Deployer.Outcome.FAILED);
  }
}
