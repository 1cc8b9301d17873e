package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What comes along with a list of workspaces: of each, and only what its reader may see.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspaceIncludesIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);
  private static final String LIST = "/organizations/acme/workspaces?include=";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  private String applied = "";
  private String planning = "";
  private String aside = "";

  /// One that has a state, an older run and a speculative one; one whose run holds it; one in
  /// another project that a person holds.
  @BeforeAll
  void makeWorkspaces() throws Exception {
    applied = server.readyWorkspace("applied");
    Answer run = server.run(applied, "{\"auto-apply\":true}");
    worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
    worker.finishApply(
        worker.claim(run.related("apply")),
        "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}",
        ONE_MORE);
    atlas.parsed(
        server.get("alice", "/workspaces/" + applied + "/current-state-version").id(),
        Json.SNAKE.readValue(
            """
            {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
             "resource_count":1,"resources":[],"modules":[],"providers":[],"outputs":[
             {"name":"o","sensitive":false,"type":"string","detailed_type":"string","value":"x"}]}
            """,
            ParsedState.class));
    server.run(applied, "{\"plan-only\":true}");
    planning = server.readyWorkspace("planning");
    server.run(planning, "{}");
    aside = server.workspace("aside");
    for (String workspace : List.of(applied, aside)) {
      server.post(
          "alice",
          "/workspaces/" + workspace + "/vars",
          document("vars", "{\"key\":\"k\",\"value\":\"" + workspace + "\",\"category\":\"env\"}"));
    }
    server.post(
        "alice",
        "/projects/" + server.project("elsewhere") + "/relationships/workspaces",
        "{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + aside + "\"}]}");
    server.post("alice", "/workspaces/" + aside + "/actions/lock", "{}");
  }

  private List<String> included(String caller, String names) {
    Answer answer = server.get(caller, LIST + names);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    return answer.json().path("included").valueStream().map(WorkspaceIncludesIT::key).toList();
  }

  private static String key(JsonNode resource) {
    return resource.path("type").asText() + "/" + resource.path("id").asText();
  }

  private Answer workspace(String id) {
    return server.get("alice", "/workspaces/" + id);
  }

  @Test
  void are_their_projects_and_configurations() {
    assertThat(included("alice", "project"))
        .containsExactlyInAnyOrder(
            "projects/" + workspace(applied).related("project"),
            "projects/" + workspace(aside).related("project"));
    assertThat(included("alice", "current_configuration_version"))
        .containsExactlyInAnyOrder(
            "configuration-versions/" + workspace(applied).related("current-configuration-version"),
            "configuration-versions/"
                + workspace(planning).related("current-configuration-version"));
  }

  @Test
  void are_their_runs_with_what_belongs_to_them() {
    String current = workspace(applied).related("current-run");
    String latest = workspace(applied).related("latest-run");
    String other = workspace(planning).related("current-run");

    assertThat(latest).isNotEqualTo(current);
    assertThat(included("alice", "current_run.apply"))
        .containsExactlyInAnyOrder(
            "runs/" + current,
            "runs/" + other,
            "applies/" + current.replace("run-", "apply-"),
            "applies/" + other.replace("run-", "apply-"));
    assertThat(included("alice", "latest_run.plan,latest_run.configuration_version"))
        .contains("runs/" + latest, "plans/" + latest.replace("run-", "plan-"))
        .doesNotContain("runs/" + current)
        .anyMatch(key -> key.startsWith("configuration-versions/"));
  }

  @Test
  void are_their_holders() {
    assertThat(included("alice", "locked_by"))
        .containsExactlyInAnyOrder(
            "runs/" + workspace(planning).related("current-run"), "users/" + server.id("alice"));
  }

  @Test
  void are_their_outputs_and_variables_with_values() {
    Answer answer = server.get("alice", LIST + "outputs,vars");

    assertThat(answer.json().path("included").valueStream())
        .extracting(one -> one.path("type").asText() + "=" + one.at("/attributes/value").asText())
        .containsExactlyInAnyOrder("workspace-outputs=x", "vars=" + applied, "vars=" + aside);
  }

  @Test
  void are_only_what_the_caller_may_see() {
    String team = server.team("some-readers", "");
    server.allow(
        team,
        applied,
        "{\"access\":\"custom\",\"runs\":\"read\",\"variables\":\"none\","
            + "\"state-versions\":\"none\"}");
    server.allow(team, aside, "{\"access\":\"read\"}");

    assertThat(included("some-readers", "outputs,current_state_version")).isEmpty();
    assertThat(included("some-readers", "vars"))
        .containsExactly(
            "vars/" + server.get("alice", "/workspaces/" + aside + "/vars").ids().getFirst());
    assertThat(included("some-readers", "current_run")).hasSize(1);
    assertThat(included("some-readers", "locked_by,current_run"))
        .doesNotContain("runs/" + workspace(planning).related("current-run"));
    assertThat(included("alice", "agent_pool,no_code_module_version")).isEmpty();
  }
}
