package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.query;
import static io.terrarium.atlas.Tenants.runOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildEvent.Changes;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildSpecification;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunsIT {
  private static final Changes ONE_MORE = new Changes(1, 0, 0, 0);

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  @Nested
  class The_options_of_a_run {
    @Test
    void reach_the_worker_that_claims_it() {
      String workspace = server.readyWorkspace("options");

      BuildSpecification.Options options =
          claimed(
                  workspace,
                  """
                  {"refresh-only":true,"target-addrs":["a.b"],"replace-addrs":["c.d[0]"],
                   "allow-empty-apply":true,"allow-config-generation":true,"debugging-mode":true}
                  """)
              .options();

      assertThat(options)
          .isEqualTo(
              new BuildSpecification.Options(
                  false, true, true, false, true, true, true, List.of("a.b"), List.of("c.d[0]")));
    }

    @Test
    void that_are_left_out_ask_for_a_plain_refreshed_plan() {
      String workspace = server.readyWorkspace("plain");

      BuildSpecification build = claimed(workspace, "{}");

      assertThat(build.options())
          .isEqualTo(
              new BuildSpecification.Options(
                  false, true, false, false, false, false, false, List.of(), List.of()));
      assertThat(build.workspaceName()).isEqualTo("plain");
      assertThat(atlas.objects().get(build.objects().configuration())).isEqualTo("slug of plain");
      assertThat(build.objects().state()).isNull();
    }

    @Test
    void that_contradict_each_other_are_refused_together() {
      String workspace = server.readyWorkspace("contradiction");

      Answer refused =
          server.run(workspace, "{\"is-destroy\":true,\"refresh-only\":true,\"refresh\":false}");

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointers())
          .containsExactlyInAnyOrder("/data/attributes/refresh-only", "/data/attributes/refresh");
    }

    @Test
    void save_a_plan_that_holds_nothing_and_can_be_applied_later() {
      String workspace = server.readyWorkspace("saved");
      Answer saved = server.run(workspace, "{\"save-plan\":true}");
      worker.finishPlan(worker.claim(saved.related("plan")), ONE_MORE);

      Answer planned = show(saved);
      boolean locked = isLocked(workspace);
      int confirmed = act(saved, "apply").status();

      assertThat(planned.attribute("status").asText()).isEqualTo("planned_and_saved");
      assertThat(planned.attribute("save-plan").asBoolean()).isTrue();
      assertThat(locked).isFalse();
      assertThat(confirmed).isEqualTo(202);
      assertThat(status(saved)).isEqualTo("queuing_apply");
      assertThat(isLocked(workspace)).isTrue();
    }

    private boolean isLocked(String workspace) {
      return server.get("alice", "/workspaces/" + workspace).attribute("locked").asBoolean();
    }

    private BuildSpecification claimed(String workspace, String attributes) {
      return worker.claim(server.run(workspace, attributes).related("plan")).build();
    }
  }

  @Nested
  class A_cancel {
    @Test
    void is_told_with_who_did_it_first() {
      Answer run = server.run(server.readyWorkspace("canceled-by"), "{}");
      worker.claim(run.related("plan"));
      boolean before = show(run).data().at("/relationships/canceled-by/data").isNull();
      server.post("anna", "/runs/" + run.id() + "/actions/cancel", "{}");
      atlas.clock().advance(Duration.ofSeconds(31));
      act(run, "force-cancel");

      Answer canceled = show(run);

      assertThat(before).isTrue();
      assertThat(canceled.related("canceled-by")).isEqualTo(server.id("anna"));
      assertThat(canceled.attribute("status").asText()).isEqualTo("canceled");
    }
  }

  @Nested
  class A_cancel_by_force {
    @Test
    void is_possible_only_after_a_cancel_that_did_not_help() {
      Answer run = server.run(server.readyWorkspace("force-cancel"), "{}");
      worker.claim(run.related("plan"));
      int withoutCancel = act(run, "force-cancel").status();
      act(run, "cancel");
      int tooEarly = act(run, "force-cancel").status();

      atlas.clock().advance(Duration.ofSeconds(31));
      int inTime = act(run, "force-cancel").status();

      assertThat(List.of(withoutCancel, tooEarly, inTime)).containsExactly(409, 409, 202);
      assertThat(status(run)).isEqualTo("canceled");
      assertThat(worker.beat(run.related("plan"), 1).status()).isEqualTo(409);
    }

    @Test
    void is_not_there_for_another_organization() {
      Answer run = server.run(server.readyWorkspace("not-bobs"), "{}");

      for (String action : List.of("force-cancel", "force-execute", "cancel", "discard", "apply")) {
        assertThat(server.post("bob", "/runs/" + run.id() + "/actions/" + action, "{}").status())
            .as(action)
            .isEqualTo(404);
      }
      assertThat(status(run)).isEqualTo("queuing");
    }
  }

  @Nested
  class An_execution_by_force {
    @Test
    void discards_what_holds_the_workspace_and_what_waits_before() {
      String workspace = server.readyWorkspace("force-execute");
      Answer holder = server.run(workspace, "{}");
      worker.finishPlan(worker.claim(holder.related("plan")), ONE_MORE);
      Answer between = server.run(workspace, "{}");
      Answer run = server.run(workspace, "{}");

      int forced = act(run, "force-execute").status();

      assertThat(forced).isEqualTo(202);
      assertThat(List.of(status(holder), status(between), status(run)))
          .containsExactly("discarded", "discarded", "queuing");
      assertThat(act(run, "force-execute").status()).isEqualTo(403);
    }
  }

  @Nested
  class The_json_of_a_plan {
    @Test
    void is_nothing_until_the_plan_has_ended_and_then_a_redirect() {
      Answer run = server.run(server.readyWorkspace("json-output"), "{}");
      String plan = "/plans/" + run.related("plan");
      int before = server.get("alice", plan + "/json-output").status();
      worker.finishPlan(worker.claim(run.related("plan")), ONE_MORE);

      Answer whole = server.get("alice", plan + "/json-output");
      Answer ofRun = server.get("alice", "/runs/" + run.id() + "/plan/json-output");
      Answer redacted = server.get("alice", plan + "/json-output-redacted");

      assertThat(before).isEqualTo(204);
      assertThat(whole.status()).isEqualTo(307);
      assertThat(behind(whole)).isEqualTo("{\"secret\":\"shown\"}");
      assertThat(behind(ofRun)).isEqualTo("{\"secret\":\"shown\"}");
      assertThat(behind(redacted)).isEqualTo("{\"secret\":\"hidden\"}");
      assertThat(server.get("bob", plan + "/json-output").status()).isEqualTo(404);
      assertThat(server.get("bob", plan + "/json-output-redacted").status()).isEqualTo(404);
      String apply = "/plans/" + run.related("apply") + "/json-output";
      assertThat(server.get("alice", apply).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_configuration {
    @Test
    void comes_back_as_it_was_uploaded() {
      String workspace = server.workspace("download");
      Answer pending = server.configuration(workspace);
      String path = "/configuration-versions/" + pending.id() + "/download";
      int before = server.get("alice", path).status();
      atlas.objects().put(pending.attribute("upload-url").asText(), "the slug");

      Answer download = server.get("alice", path);

      assertThat(before).isEqualTo(404);
      assertThat(download.status()).isEqualTo(302);
      assertThat(behind(download)).isEqualTo("the slug");
      assertThat(server.get("bob", path).status()).isEqualTo(404);
      Answer run = server.run(workspace, "{}");
      String ofRun = "/runs/" + run.id() + "/configuration-version";
      assertThat(behind(server.get("alice", ofRun + "/download"))).isEqualTo("the slug");
      assertThat(server.get("alice", ofRun).id()).isEqualTo(pending.id());
    }

    @Test
    void is_listed_by_pages() {
      String workspace = server.workspace("configurations");
      List<String> made =
          List.of(
              server.configuration(workspace).id(),
              server.configuration(workspace).id(),
              server.configuration(workspace).id());

      assertPages("/workspaces/" + workspace + "/configuration-versions", made);
    }
  }

  @Nested
  class The_lists_of_runs {
    @Test
    void come_by_pages() {
      String workspace = server.readyWorkspace("runs");
      List<String> made =
          List.of(
              server.run(workspace, "{}").id(),
              server.run(workspace, "{}").id(),
              server.run(workspace, "{}").id());

      assertPages("/workspaces/" + workspace + "/runs", made);
    }

    @Test
    void show_what_waits_and_works_in_an_organization() {
      long before = capacity("pending");
      long running = capacity("running");
      String workspace = server.readyWorkspace("queue");
      Answer first = server.run(workspace, "{}");
      Answer second = server.run(workspace, "{}");
      worker.claim(first.related("plan"));

      Answer queue = server.get("alice", "/organizations/acme/runs/queue?page%5Bsize%5D=100");

      assertThat(queue.ids()).endsWith(first.id(), second.id());
      assertThat(queue.listed("position-in-queue").getFirst()).isEqualTo("1");
      assertThat(capacity("pending")).isEqualTo(before + 1);
      assertThat(capacity("running")).isEqualTo(running + 1);
      for (String path : List.of("runs/queue", "capacity")) {
        assertThat(server.get("bob", "/organizations/acme/" + path).status()).isEqualTo(404);
        assertThat(server.get("alice", "/organizations/none/" + path).status()).isEqualTo(404);
      }
    }

    private long capacity(String attribute) {
      return server.get("alice", "/organizations/acme/capacity").attribute(attribute).asLong();
    }
  }

  @Nested
  class The_events_of_a_run {
    @Test
    void tell_its_history_in_order() {
      Answer run = server.run(server.readyWorkspace("events"), "{}");
      server.post("alice", "/runs/" + run.id() + "/actions/cancel", "{\"comment\":\"no\"}");

      Answer events = server.get("alice", "/runs/" + run.id() + "/run-events");

      assertThat(events.listed("action"))
          .containsExactly("created", "queued", "commented", "canceled");
      assertThat(events.json().at("/data/3/relationships/actor/data/id").asText())
          .isEqualTo(server.id("alice"));
      assertThat(server.get("bob", "/runs/" + run.id() + "/run-events").status()).isEqualTo(404);
      assertThat(server.get("bob", "/runs/" + run.id() + "/comments").status()).isEqualTo(404);
    }
  }

  @Nested
  class A_bad_request {
    @Test
    void is_told_by_its_kind_and_never_a_500() {
      String workspace = server.readyWorkspace("bad-requests");

      assertThat(server.post("alice", "/runs", "{no json").status()).isEqualTo(400);
      assertThat(server.post("alice", "/runs", "{\"data\":[]}").status()).isIn(400, 422);
      assertThat(server.post("alice", "/runs", Tenants.document("runs", "{}")).pointers())
          .containsExactly("/data/relationships/workspace");
      assertThat(server.run(workspace, "{\"refresh\":\"maybe\"}").status()).isEqualTo(422);
      assertThat(server.run(workspace, "{\"target-addrs\":7}").status()).isEqualTo(422);
      assertThat(server.run(workspace, "{\"variables\":[1]}").status()).isEqualTo(422);
      assertThat(server.post("bob", "/runs", runOf(workspace, "{}")).status()).isEqualTo(404);
      assertThat(server.run(server.workspace("nothing-uploaded"), "{}").pointers())
          .containsExactly("/data/relationships/configuration-version");
    }
  }

  @Nested
  class A_worker_of_the_version_before {
    @Test
    void claims_without_a_delivery_and_is_never_granted_the_same_again() {
      Answer run = server.run(server.readyWorkspace("before"), "{}");

      int first = worker.claimAsBefore(run.related("plan")).status();
      int second = worker.claimAsBefore(run.related("plan")).status();

      assertThat(List.of(first, second)).containsExactly(200, 409);
    }
  }

  @Nested
  class A_worker_with_an_old_claim {
    @Test
    void is_told_409() {
      Answer run = server.run(server.readyWorkspace("stale"), "{}");
      String plan = run.related("plan");
      MeshWorker.Held held = worker.claim(plan);

      int again = worker.claimAnswer(plan).status();
      int result = worker.end(worker.planFinished(held, 2, ONE_MORE)).status();
      int failure = worker.end(worker.errored(new RunId(run.id()), Phase.PLAN, plan, 0)).status();
      int beat = worker.beat(plan, 2).status();

      assertThat(List.of(again, result, failure, beat)).containsExactly(409, 409, 409, 409);
      assertThat(status(run)).isEqualTo("planning");
      assertThat(worker.beat(plan, 1).status()).isEqualTo(200);
    }
  }

  private void assertPages(String path, List<String> oldestFirst) {
    Answer first = server.get("alice", path + "?" + query("page[size]", "2"));
    Answer second =
        server.get(
            "alice", path + "?" + query("page[size]", "2") + "&" + query("page[number]", "2"));

    assertThat(first.ids()).containsExactly(oldestFirst.get(2), oldestFirst.get(1));
    assertThat(second.ids()).containsExactly(oldestFirst.getFirst());
    assertThat(first.json().at("/meta/pagination/next-page").asInt()).isEqualTo(2);
    assertThat(second.json().at("/meta/pagination/total-count").asInt()).isEqualTo(3);
    assertThat(server.get("bob", path).status()).isEqualTo(404);
  }

  private String behind(Answer redirect) {
    return atlas.objects().get(redirect.header("Location").orElse(""));
  }

  private Answer act(Answer run, String action) {
    return server.post("alice", "/runs/" + run.id() + "/actions/" + action, "{}");
  }

  private Answer show(Answer run) {
    return server.get("alice", "/runs/" + run.id());
  }

  private String status(Answer run) {
    return show(run).attribute("status").asText();
  }
}
