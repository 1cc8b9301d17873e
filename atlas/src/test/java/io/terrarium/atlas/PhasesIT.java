package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// What plans and applies keep beside their logs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PhasesIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  @Nested
  class The_schemas_of_a_plan {
    @Test
    void are_nothing_until_the_plan_has_ended_and_then_a_redirect() {
      Answer run = server.run(server.readyWorkspace("schemas"), "{}");
      String plan = "/plans/" + run.related("plan");
      int before = server.get("alice", plan + "/json-schema").status();
      worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);

      Answer ofPlan = server.get("alice", plan + "/json-schema");
      Answer ofRun = server.get("alice", "/runs/" + run.id() + "/plan/json-schema");

      assertThat(before).isEqualTo(204);
      assertThat(ofPlan.status()).isEqualTo(307);
      assertThat(behind(ofPlan)).isEqualTo("{\"provider_schemas\":{}}");
      assertThat(behind(ofRun)).isEqualTo("{\"provider_schemas\":{}}");
      assertThat(server.get("alice", plan).data().at("/links/json-schema").asText())
          .isEqualTo("/api/v2" + plan + "/json-schema");
    }

    @Test
    void are_for_those_who_may_see_the_plan_as_json() {
      String workspace = server.readyWorkspace("schemas-of-others");
      Answer run = server.run(workspace, "{}");
      worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
      server.allow(server.team("schema-readers", ""), workspace, "{\"access\":\"write\"}");
      String schemas = "/plans/" + run.related("plan") + "/json-schema";

      assertThat(server.get("schema-readers", schemas).status())
          .isEqualTo(
              server.get("schema-readers", schemas.replace("json-schema", "json-output")).status())
          .isGreaterThanOrEqualTo(400);
      assertThat(server.get("bob", schemas).status()).isEqualTo(404);
      assertThat(
              server
                  .get("alice", schemas.replace(run.related("plan"), run.related("apply")))
                  .status())
          .isEqualTo(404);
    }
  }

  @Nested
  class An_errored_state {
    @Test
    void is_there_once_an_apply_has_left_one_even_after_the_end_of_its_run() {
      Answer run = applying("stranded");
      String apply = run.related("apply");
      MeshWorker.Held held = worker.claim(apply);
      int before = server.get("alice", path(run)).status();
      worker.end(worker.errored(new RunId(run.id()), Phase.APPLY, apply, 1));
      int refused = atlas.objects().put(held.build().objects().stateUpload() + "", "{}");

      int kept = worker.strand(held, "{\"serial\":7}");

      assertThat(List.of(before, refused, kept)).containsExactly(404, 409, 200);
      Answer found = server.get("alice", path(run));
      assertThat(found.status()).isEqualTo(307);
      assertThat(behind(found)).isEqualTo("{\"serial\":7}");
      assertThat(server.get("alice", "/applies/" + apply).attribute("status").asText())
          .isEqualTo("errored");
    }

    @Test
    void is_for_those_who_may_read_states() {
      String workspace = server.readyWorkspace("stranded-for-some");
      Answer run = applyingIn(workspace);
      worker.strand(worker.claim(run.related("apply")), "{}");
      server.allow(
          server.team("outputs-only", ""),
          workspace,
          "{\"access\":\"custom\",\"runs\":\"read\",\"state-versions\":\"read-outputs\"}");
      server.allow(server.team("state-readers", ""), workspace, "{\"access\":\"read\"}");

      assertThat(server.get("state-readers", path(run)).status()).isEqualTo(307);
      assertThat(server.get("outputs-only", "/applies/" + run.related("apply")).status())
          .isEqualTo(200);
      assertThat(server.get("outputs-only", path(run)).status()).isEqualTo(404);
      assertThat(server.get("bob", path(run)).status()).isEqualTo(404);
      assertThat(server.get("alice", "/applies/" + run.related("plan") + "/errored-state").status())
          .isEqualTo(404);
    }

    private String path(Answer run) {
      return "/applies/" + run.related("apply") + "/errored-state";
    }
  }

  private Answer applying(String name) {
    return applyingIn(server.readyWorkspace(name));
  }

  /// A run whose apply may be claimed.
  private Answer applyingIn(String workspace) {
    Answer run = server.run(workspace, "{}");
    worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);
    server.post("alice", "/runs/" + run.id() + "/actions/apply", "{}");
    return run;
  }

  private String behind(Answer redirect) {
    return atlas.objects().get(redirect.header("Location").orElse(""));
  }
}
