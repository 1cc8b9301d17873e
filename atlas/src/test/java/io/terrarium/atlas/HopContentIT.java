package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Sent;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What hops keep of what they carried.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HopContentIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);
  private static final String OF_TERRAFORM = "hidden-terraform-value";
  private static final String OF_ENVIRONMENT = "hidden-environment-value";
  private static final String OF_RUN = "hidden-run-value";
  private static final String OF_STATE = "hidden-in-the-state";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);
  @AutoClose private final Browser alice = Browser.signedIn(atlas, "alice");

  private void variable(String workspace, String category, String value) {
    Answer made =
        server.post(
            "alice",
            "/workspaces/" + workspace + "/vars",
            document(
                "vars",
                """
                {"key":"of_%s","value":"%s","category":"%s","sensitive":true}\
                """
                    .formatted(category, value, category)));
    assertThat(made.status()).isEqualTo(201);
  }

  /// All that is kept of all hops.
  private String kept() {
    List<String> rows =
        atlas
            .database()
            .read(db -> db.createQuery("SELECT hops::text FROM hops").mapTo(String.class).list());
    return String.join("\n", rows);
  }

  private long uploads() {
    return atlas
        .database()
        .read(db ->
            db.createQuery("SELECT count(*) FROM hops WHERE sent ->> 'line' LIKE 'PUT /%'")
                .mapTo(Long.class)
                .one());
  }

  /// What lets somebody do something, in the answers to claims.
  private static List<String> secrets(MeshWorker.Held held) {
    List<String> secrets = new ArrayList<>();
    secrets.add(held.build().runToken());
    for (JsonNode path : Json.SNAKE.<JsonNode>valueToTree(held.build().objects())) {
      if (path.isTextual()) {
        secrets.add(path.asText().replace(SignedPaths.PREFIX, ""));
      }
    }
    return secrets;
  }

  @Nested
  class A_run_with_secrets {
    @Test
    void leaves_none_of_them_in_its_hops() {
      String workspace = server.readyWorkspace("secretive");
      variable(workspace, "terraform", OF_TERRAFORM);
      variable(workspace, "env", OF_ENVIRONMENT);
      Answer run =
          server.run(
              workspace,
              "{\"variables\":[{\"key\":\"of_run\",\"value\":\"\\\"" + OF_RUN + "\\\"\"}]}");
      MeshWorker.Held plan = worker.claim(run.related("plan"));
      worker.finishPlan(plan, ONE_MORE);
      server.post("alice", "/runs/" + run.id() + "/actions/apply", "{}");
      MeshWorker.Held apply = worker.claim(run.related("apply"));
      worker.strand(apply, "{\"outputs\":\"" + OF_STATE + "\"}");
      worker.finishApply(
          apply,
          "{\"version\":4,\"serial\":1,\"lineage\":\"L\",\"outputs\":{\"o\":{\"value\":\""
              + OF_STATE
              + "\",\"type\":\"string\",\"sensitive\":true}}}",
          ONE_MORE);
      // The slug, three files of the plan, two states.
      Eventually.until("hops of all uploads", () -> uploads() >= 6);
      Eventually.until("the hops of both results", () -> kept().contains("apply_finished"));

      String kept = kept();

      assertThat(Json.SNAKE.valueToTree(plan.build()).toString())
          .as("what the worker was given")
          .contains(OF_TERRAFORM, OF_ENVIRONMENT, OF_RUN);
      assertThat(kept)
          .contains("plan_finished", "dlv-", "apply-state", "configuration-version", "sha256")
          .doesNotContain(OF_TERRAFORM, OF_ENVIRONMENT, OF_RUN, OF_STATE, "slug of secretive")
          .doesNotContain(Neighbours.INTERNAL_TOKEN.value(), Neighbours.ARCHIVIST_TOKEN.value())
          .doesNotContain(secrets(plan))
          .doesNotContain(secrets(apply))
          .doesNotContain("generated_configuration", "Bearer", "authorization");
    }
  }

  @Nested
  class The_page_of_a_flow {
    @Test
    void shows_what_was_sent_encoded_and_says_where_it_was_cut_or_not_kept() {
      Answer run = server.run(server.readyWorkspace("opened"), "{}");
      String told =
          """
          [{"v":1,"flow":"%1$s","traceparent":null,"step":1,"name":"first","phase":"plan",
            "from":"atlas","to":"sidekiq-worker","medium":"redis",
            "sent_at":"2026-01-02T03:04:05.000Z","received_at":"2026-01-02T03:04:05.010Z",
            "done_at":"2026-01-02T03:04:05.020Z","attempt":1,"outcome":"ok","bytes":0,"facts":{},
            "sent":{"line":"LPUSH <queue>","body":"%2$s","cut":false}},
           {"v":1,"flow":"%1$s","traceparent":null,"step":2,"name":"second","phase":"plan",
            "from":"sidekiq-worker","to":"build-manager","medium":"http",
            "sent_at":"2026-01-02T03:04:06.000Z","received_at":"2026-01-02T03:04:06.010Z",
            "done_at":"2026-01-02T03:04:06.020Z","attempt":1,"outcome":"ok","bytes":0,"facts":{}}]
          """
              .formatted(run.id(), "<script>" + "x".repeat(5_000));
      int status =
          atlas
              .mesh()
              .send("POST", InternalApi.HOPS, told, Map.of("Content-Type", "application/json"))
              .status();

      String page = alice.open("/app/mesh/flows/" + run.id()).text();

      assertThat(status).isEqualTo(204);
      assertThat(page)
          .contains("LPUSH &lt;queue&gt;", "&lt;script&gt;xxx", "its first 4 KB", "…</pre>")
          .contains("What was sent was not kept.")
          .doesNotContain("<script>xxx", "x".repeat(Sent.BYTES_MAX));
    }
  }

  @Nested
  class The_api {
    @Test
    void tells_what_was_sent_to_who_asks_for_it_alone() throws Exception {
      Answer run = server.run(server.readyWorkspace("asked"), "{}");
      worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
      String path = "/terrarium/flows/" + run.id();
      Eventually.until(
          "the end of the plan",
          () -> server.get("alice", path + "?include=sent").text().contains("plan_finished"));

      Answer usual = server.get("alice", path);
      JsonNode whole = server.get("alice", path + "?include=sent").json();

      assertThat(usual.text()).doesNotContain("\"sent\"");
      Hop last =
          Json.SNAKE.treeToValue(whole.path("hops").path(whole.path("hops").size() - 1), Hop.class);
      assertThat(last.sent()).isNotNull();
    }
  }
}
