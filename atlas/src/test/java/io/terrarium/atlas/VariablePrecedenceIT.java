package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.internal.BuildSpecification.Variable;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Which of many variables of one key a run gets: each rung of the ladder is put in from the
/// weakest to the strongest, and a run after each gets the newest.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariablePrecedenceIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private void set(String name, String attributes, String relationships) {
    set("k", name, attributes, relationships);
  }

  private String set(String key, String name, String attributes, String relationships) {
    Answer created =
        server.post(
            "alice",
            "/organizations/acme/varsets",
            """
            {"data":{"type":"varsets","attributes":{"name":"%s"%s},"relationships":{%s
              "vars":{"data":[{"type":"vars","attributes":
                {"key":"%s","value":"%s","category":"terraform"}}]}}}}
            """
                .formatted(name, attributes, relationships, key, name));
    assertThat(created.status()).as(created.text()).isEqualTo(200);
    return created.id();
  }

  /// What terraform would take for `k` in a plan-only run, as its last value.
  private String taken(String workspace, String attributes) {
    Answer run = server.run(workspace, attributes);
    assertThat(run.status()).as(run.text()).isEqualTo(201);
    return worker.claim(run.related("plan")).build().variables().stream()
        .filter(variable -> variable.key().equals("k"))
        .map(Variable::value)
        .reduce((_, last) -> last)
        .orElse("none");
  }

  @Test
  void the_strongest_wins() {
    String workspace = server.readyWorkspace("ladder");
    String project = server.get("alice", "/workspaces/" + workspace).related("project");
    String toProject = to("projects", project);
    String toWorkspace = to("workspaces", workspace);
    String ofProject = "\"parent\":{\"data\":{\"type\":\"projects\",\"id\":\"" + project + "\"}},";
    String priority = ",\"priority\":true";
    String plan = "{\"plan-only\":true}";
    String given =
        "{\"plan-only\":true,\"variables\":[{\"key\":\"k\",\"value\":\"\\\"given\\\"\"}]}";
    List<String> taken = new ArrayList<>();

    taken.add(taken(workspace, plan));
    set("global", ",\"global\":true", "");
    taken.add(taken(workspace, plan));
    set("b on project", "", toProject);
    taken.add(taken(workspace, plan));
    set("a on project", "", toProject);
    taken.add(taken(workspace, plan));
    set("on workspace", "", toWorkspace);
    taken.add(taken(workspace, plan));
    set("owned on project", "", ofProject + toProject);
    taken.add(taken(workspace, plan));
    set("owned on workspace", "", ofProject + toWorkspace);
    taken.add(taken(workspace, plan));
    server.post(
        "alice",
        "/workspaces/" + workspace + "/vars",
        document("vars", "{\"key\":\"k\",\"value\":\"own\",\"category\":\"terraform\"}"));
    taken.add(taken(workspace, plan));
    taken.add(taken(workspace, given));
    set("p owned on workspace", priority, ofProject + toWorkspace);
    taken.add(taken(workspace, given));
    set("p owned on project", priority, ofProject + toProject);
    taken.add(taken(workspace, given));
    set("p on workspace", priority, toWorkspace);
    taken.add(taken(workspace, given));
    set("p on project", priority, toProject);
    taken.add(taken(workspace, given));
    set("z p global", priority + ",\"global\":true", "");
    taken.add(taken(workspace, given));
    set("p global", priority + ",\"global\":true", "");
    taken.add(taken(workspace, given));

    assertThat(taken)
        .containsExactly(
            "none",
            "global",
            "b on project",
            "a on project",
            "on workspace",
            "owned on project",
            "owned on workspace",
            "own",
            "\"given\"",
            "p owned on workspace",
            "p owned on project",
            "p on workspace",
            "p on project",
            "z p global",
            "p global");
  }

  @Test
  void a_run_keeps_what_it_was_created_with() {
    String workspace = server.readyWorkspace("keeping");
    String set = set("other", "kept", "", to("workspaces", workspace));
    Answer run = server.run(workspace, "{\"plan-only\":true}");

    server.send("alice", "DELETE", "/varsets/" + set, "");

    assertThat(worker.claim(run.related("plan")).build().variables())
        .extracting(Variable::value)
        .contains("kept");
  }

  private static String to(String type, String id) {
    return "\"%s\":{\"data\":[{\"type\":\"%s\",\"id\":\"%s\"}]},".formatted(type, type, id);
  }
}
