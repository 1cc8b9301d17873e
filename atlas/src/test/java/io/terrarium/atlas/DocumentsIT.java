package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What one run, from its workspace to its outputs, looks like to clients: whole documents, as they
/// were answered on the way.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DocumentsIT {
  private static final Changes CHANGES = new Changes(2, 1, 0, 0);
  private static final String STATE = "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}";

  private static final String WORKSPACE =
      """
      {"data":{"type":"workspaces","attributes":{"name":"network","description":"All of it",
        "working-directory":"live"},"relationships":{"tags":{"data":[
          {"type":"tags","attributes":{"name":"blue"}}]}}}}
      """;

  private static final String PARSED =
      """
      {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
       "resource_count":2,"resources":[{"mode":"managed","type":"terraform_data","name":"a",
         "module":"root","provider":"terraform.io/builtin/terraform","count":2}],
       "modules":[{"name":"root","types":[{"type":"terraform_data","count":2}]}],
       "providers":[{"name":"provider[\\"terraform.io/builtin/terraform\\"]",
         "types":[{"type":"terraform_data","count":2}]}],
       "outputs":[
         {"name":"open","sensitive":false,"type":"array","detailed_type":["list","string"],
          "value":["a","b"]},
         {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
          "value":"hush"}]}
      """;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  private final Map<String, JsonNode> documents = new LinkedHashMap<>();

  @BeforeAll
  void apply() throws Exception {
    String workspace =
        "/workspaces/"
            + keep(
                    "workspace-created",
                    server.post("alice", "/organizations/acme/workspaces", WORKSPACE))
                .id();
    giveVariables(workspace);
    Answer configuration =
        keep("configuration-version-pending", server.configuration(id(workspace)));
    atlas.objects().put(configuration.attribute("upload-url").asText(), "slug");
    atlas.readmeRead(configuration.id(), Optional.of("# The network\n"));
    keep("configuration-version", "/configuration-versions/" + configuration.id());
    Answer run = server.run(id(workspace), "{\"message\":\"First of all\",\"refresh\":false}");
    run(run);
    keep("workspace", workspace);
    keep("workspaces", "/organizations/acme/workspaces?" + query("search[name]", "net"));
    keep("runs", workspace + "/runs");
    keep(
        "workspace-with-includes",
        workspace
            + "?include=organization,project,current_run,current_run.plan,outputs,locked_by,"
            + "current_state_version,readme");
    showState(workspace);
    keep("not-found", "/workspaces/ws-nothing");
    keep(
        "unprocessable",
        server.post(
            "alice",
            "/organizations/acme/workspaces",
            document(
                "workspaces", "{\"name\":\"no spaces\",\"terraform-version\":\"the new one\"}")));
  }

  private void giveVariables(String workspace) {
    String open = "{\"key\":\"region\",\"value\":\"eu\",\"category\":\"terraform\",\"hcl\":false}";
    String secret =
        "{\"key\":\"TOKEN\",\"value\":\"x\",\"category\":\"env\",\"sensitive\":true,"
            + "\"description\":\"of nobody\"}";
    keep("variable", server.post("alice", workspace + "/vars", document("vars", open)));
    server.post("alice", workspace + "/vars", document("vars", secret));
    keep("variables", workspace + "/vars");
  }

  /// The way of a run that somebody confirms and comments on.
  private void run(Answer created) throws Exception {
    String run = "/runs/" + created.id();
    MeshWorker.Held plan = worker.claim(created.related("plan"));
    keep("run-planning", run);
    keep("plan-running", run + "/plan");
    worker.finishPlan(plan, CHANGES);
    keep("run-planned", run);
    keep("plan", run + "/plan");
    server.post("alice", run + "/actions/apply", "{\"comment\":\"Go\"}");
    worker.finishApply(worker.claim(created.related("apply")), STATE, CHANGES);
    parse(created.id());
    keep("run", run);
    keep("apply", run + "/apply");
    keep("run-events", run + "/run-events");
    keep("comments", run + "/comments");
    keep(
        "run-with-includes",
        run + "?include=plan,apply,workspace,created_by,configuration_version,run_events,comments");
  }

  private void parse(String run) throws Exception {
    String state =
        atlas
            .database()
            .read(db ->
                db.createQuery(
                        "SELECT s.external_id FROM state_versions s JOIN runs r ON r.id = s.run_id"
                            + " WHERE r.external_id = :run")
                    .bind("run", run)
                    .mapTo(String.class)
                    .one());
    atlas.parsed(state, Json.SNAKE.readValue(PARSED, ParsedState.class));
  }

  private void showState(String workspace) {
    Answer current =
        keep(
            "state-version",
            workspace
                + "/current-state-version?include=outputs,created_by,run.created_by,"
                + "run.configuration_version");
    keep(
        "state-versions",
        "/state-versions?"
            + query("filter[organization][name]", "acme")
            + "&"
            + query("filter[workspace][name]", "network"));
    keep("state-version-outputs", "/state-versions/" + current.id() + "/outputs");
    Answer outputs = keep("current-outputs", workspace + "/current-state-version-outputs");
    keep("state-version-output", "/state-version-outputs/" + outputs.ids().get(1));
    server.post("alice", workspace + "/actions/lock", "{\"reason\":\"Looking\"}");
    keep("workspace-locked", workspace);
    keep(
        "state-version-pending",
        server.post(
            "alice",
            workspace + "/state-versions",
            document(
                "state-versions",
                "{\"serial\":2,\"lineage\":\"L\",\"md5\":\"0123456789abcdef0123456789abcdef\"}")));
  }

  private static String id(String path) {
    return path.substring(path.lastIndexOf('/') + 1);
  }

  private Answer keep(String name, String path) {
    return keep(name, server.get("alice", path));
  }

  private Answer keep(String name, Answer answer) {
    documents.put(name, answer.json());
    return answer;
  }

  Stream<String> names() {
    return documents.keySet().stream();
  }

  @ParameterizedTest
  @MethodSource("names")
  void is_as_it_is_written(String name) {
    Golden.assertSame(name + ".json", Objects.requireNonNull(documents.get(name)));
  }
}
