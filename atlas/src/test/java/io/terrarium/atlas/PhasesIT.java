package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
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

  @Nested
  class The_files_of_a_plan_and_its_apply {
    @Test
    void stay_while_their_run_is_open() {
      Answer run = applying("open-files");

      assertThat(act("plans", run, "soft-delete-backing-data")).isEqualTo(409);
      assertThat(act("applies", run, "soft-delete-backing-data")).isEqualTo(409);
      assertThat(server.get("alice", "/plans/" + run.related("plan") + "/json-output").status())
          .isEqualTo(307);
    }

    @Test
    void of_a_run_that_has_ended_are_marked_had_back_and_deleted() {
      Answer run = applied("files");
      String plan = "/plans/" + run.related("plan");

      int early = act("plans", run, "restore-backing-data");
      int marked = act("plans", run, "soft-delete-backing-data");
      List<Integer> hidden = outputs(plan);
      boolean hasLog = server.get("alice", plan).attribute("log-read-url").isTextual();
      int restored = act("plans", run, "restore-backing-data");
      List<Integer> shown = outputs(plan);
      act("plans", run, "soft-delete-backing-data");
      int deleted = act("plans", run, "permanently-delete-backing-data");
      int again = act("plans", run, "restore-backing-data");

      assertThat(List.of(early, marked, restored, deleted, again))
          .containsExactly(409, 204, 204, 204, 409);
      assertThat(hidden).containsExactly(404, 404, 404);
      assertThat(hasLog).isFalse();
      assertThat(shown).containsExactly(307, 307, 307);
      String first = "plans/" + run.related("plan") + "/1/";
      assertThat(deletions())
          .contains(
              first + "plan",
              first + "plan.json",
              first + "redacted.json",
              first + "schemas.json",
              "logs/" + run.related("plan"));
      assertThat(server.get("alice", plan).attribute("status").asText()).isEqualTo("finished");
    }

    @Test
    void are_deleted_a_week_after_they_were_marked_and_not_by_policies() {
      Answer run = applied("files-of-a-week");
      Answer kept = applied("files-for-ever");
      server.post(
          "alice",
          "/organizations/acme/relationships/data-retention-policy",
          Tenants.document(
              "data-retention-policy-delete-olders", "{\"delete-older-than-n-days\":1}"));
      act("applies", run, "soft-delete-backing-data");
      String log = "logs/" + run.related("apply");

      atlas.clock().advance(Duration.ofDays(6));
      atlas.sweepBackingData();
      boolean early = deletions().contains(log);
      atlas.clock().advance(Duration.ofDays(2));
      atlas.sweepBackingData();

      assertThat(early).isFalse();
      assertThat(deletions())
          .contains(log, strandedObject(run))
          .doesNotContain("logs/" + kept.related("apply"));
      assertThat(act("applies", run, "restore-backing-data")).isEqualTo(409);
      assertThat(
              server.get("alice", "/applies/" + kept.related("apply") + "/errored-state").status())
          .isEqualTo(307);
    }

    @Test
    void are_for_those_who_administer_the_workspace() {
      String workspace = server.readyWorkspace("files-of-others");
      Answer run = appliedIn(workspace);
      server.allow(server.team("file-writers", ""), workspace, "{\"access\":\"write\"}");

      for (String path : List.of(path("plans", run), path("applies", run))) {
        String action = path + "soft-delete-backing-data";
        assertThat(server.post("file-writers", action, "").status()).as(path).isIn(403, 404);
        assertThat(server.post("bob", action, "").status()).as(path).isEqualTo(404);
      }
      assertThat(
              server
                  .post(
                      "alice",
                      "/plans/" + run.related("apply") + "/actions/soft-delete-backing-data",
                      "")
                  .status())
          .isEqualTo(404);
    }

    private Answer applied(String name) {
      return appliedIn(server.readyWorkspace(name));
    }

    private Answer appliedIn(String workspace) {
      Answer run = applyingIn(workspace);
      MeshWorker.Held apply = worker.claim(run.related("apply"));
      worker.strand(apply, "{}");
      worker.finishApply(apply, "{\"version\":4,\"serial\":1,\"lineage\":\"L\"}", ONE_MORE);
      return run;
    }

    private List<Integer> outputs(String plan) {
      return Stream.of("/json-output", "/json-output-redacted", "/json-schema")
          .map(output -> server.get("alice", plan + output).status())
          .toList();
    }

    private String path(String type, Answer run) {
      return "/" + type + "/" + run.related(type.equals("plans") ? "plan" : "apply") + "/actions/";
    }

    private int act(String type, Answer run, String action) {
      return server.post("alice", path(type, run) + action, "").status();
    }

    private String strandedObject(Answer run) {
      return atlas
          .database()
          .read(db ->
              db.createQuery("SELECT errored_state_object_id FROM phases WHERE external_id = :id")
                  .bind("id", run.related("apply"))
                  .mapTo(String.class)
                  .one());
    }

    /// The objects that are to be deleted.
    private List<String> deletions() {
      return atlas
          .database()
          .read(db ->
              db.createQuery(
                      "SELECT jsonb_array_elements_text(argument -> 'object_ids')"
                          + " FROM outbox WHERE class = 'Objects::Delete'")
                  .mapTo(String.class)
                  .list());
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
