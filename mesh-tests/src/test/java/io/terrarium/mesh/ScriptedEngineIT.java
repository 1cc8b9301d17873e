package io.terrarium.mesh;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Workspaces whose runs are played from a script, through the whole mesh.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ScriptedEngineIT {
  private static final String ORGANIZATION = "stage";
  private static final String VERSION = "1.11.4+scripted";
  private static final String FILE = "terrarium-script.json";
  private static final String SCRIPT =
      """
      {"plan": {"log": ["Looking around"], "changes": {"add": 2}},
       "apply": {"log": ["Building"],
                 "state": {"outputs": {"url": {"value": "http://example.com"}}}}}
      """;

  @AutoClose private MeshFixture fixture;
  private Site site;

  @BeforeAll
  void start(@TempDir Path directory) {
    fixture = new MeshFixture(directory, false);
    site = fixture.site();
    site.organization(ORGANIZATION);
  }

  private String workspace(String name) {
    String workspace = site.workspace(ORGANIZATION, name);
    ApiClient.Answer scripted =
        site.api()
            .patch(
                "/api/v2/workspaces/" + workspace,
                "{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"terraform-version\":\""
                    + VERSION
                    + "\"}}}");
    assertThat(scripted.attribute("terraform-version").asText()).isEqualTo(VERSION);
    return workspace;
  }

  private String run(String workspace, String script) {
    site.upload(workspace, Slugs.of(FILE, script));
    return site.queueRun(workspace);
  }

  private void act(String run, String action) {
    ApiClient.Answer answer = site.api().post("/api/v2/runs/" + run + "/actions/" + action, "{}");
    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  @Test
  void a_run_is_played_and_named_as_such_wherever_it_is_shown() {
    String workspace = workspace("played");

    String run = run(workspace, SCRIPT);

    site.awaitStatus(run, "applied");
    assertThat(site.api().get("/api/v2/runs/" + run).attribute("terraform-version").asText())
        .isEqualTo(VERSION);
    assertThat(site.log(run, "plan"))
        .startsWith("\u0002Scripted engine v" + VERSION)
        .contains("Looking around", "Plan: 2 to add");
    assertThat(site.log(run, "apply")).contains("Building", "Apply complete! Resources: 2 added");
    assertThat(site.api().get("/api/v2/terrarium/flows/" + run).text())
        .contains("\"terraform_version\":\"" + VERSION + "\"");
    ApiClient.Answer state =
        site.api().get("/api/v2/workspaces/" + workspace + "/current-state-version");
    assertThat(state.attribute("serial").asInt()).isEqualTo(1);
    Eventually.until(
        "the state is read",
        () ->
            site.api()
                .get("/api/v2/workspaces/" + workspace + "/current-state-version-outputs")
                .text()
                .contains("http://example.com"));
  }

  @Test
  void a_long_plan_is_canceled() {
    String run =
        run(workspace("canceled"), "{\"plan\":{\"log\":[\"Thinking\"],\"duration_ms\":300000}}");
    Eventually.until("the plan thinks", () -> site.log(run, "plan").contains("Thinking"));

    act(run, "cancel");

    site.awaitStatus(run, "canceled");
    assertThat(site.log(run, "plan")).contains("Interrupt received", "Operation canceled.");
  }

  @Test
  void a_script_that_is_wrong_errs_the_run_and_says_where() {
    String run = run(workspace("wrong"), "{\"plan\":{\"durationMs\":1}}");

    site.awaitStatus(run, "errored");

    assertThat(site.log(run, "plan")).contains("terrarium-script.json: plan.durationMs is unknown");
  }

  @Test
  void only_the_workspace_chooses_it() {
    String workspace = site.workspace(ORGANIZATION, "real");
    site.upload(workspace, Slugs.of(FILE, SCRIPT));

    ApiClient.Answer refused =
        site.api()
            .post(
                "/api/v2/runs",
                """
                {"data":{"type":"runs","attributes":{"plan-only":true,"terraform-version":"%s"},
                  "relationships":{"workspace":{"data":{"type":"workspaces","id":"%s"}}}}}
                """
                    .formatted(VERSION, workspace));

    assertThat(refused.status()).isEqualTo(422);
    assertThat(refused.text()).contains("is the workspace's to say");
  }

  @Test
  void the_cli_takes_it_for_terraform() {
    workspace("cli");
    TerraformCli terraform =
        site.cloud(ORGANIZATION, "cli", "variable \"unused\" {\n  default = 1\n}\n")
            .write(FILE, SCRIPT);

    String init = terraform.succeeds("init");
    String plan = terraform.succeeds("plan");
    String apply = terraform.succeeds("apply", "-auto-approve");
    String output = terraform.succeeds("output", "-raw", "url");

    assertThat(init).doesNotContain("Error");
    assertThat(plan)
        .contains("Looking around", "terraform_data.added[1] will be created", "2 to add");
    assertThat(apply).contains("Building", "Apply complete! Resources: 2 added");
    assertThat(output).isEqualTo("http://example.com");
  }

  @Test
  void the_remote_backend_takes_it_for_terraform() {
    workspace("remote");
    TerraformCli terraform =
        site.configured(Backend.REMOTE, ORGANIZATION, "name = \"remote\"", "").write(FILE, SCRIPT);

    terraform.succeeds("init");
    String apply = terraform.succeeds("apply", "-auto-approve");

    assertThat(apply).contains("Plan: 2 to add", "Apply complete! Resources: 2 added");
  }
}
