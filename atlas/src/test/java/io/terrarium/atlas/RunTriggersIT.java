package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunTriggersIT {
  private static final int SOURCES_MAX = 20;

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private Answer create(String caller, String workspace, String source) {
    return server.post(
        caller,
        "/workspaces/" + workspace + "/run-triggers",
        "{\"data\":{\"type\":\"run-triggers\",\"relationships\":{\"sourceable\":{\"data\":{"
            + "\"type\":\"workspaces\",\"id\":\""
            + source
            + "\"}}}}}");
  }

  private Answer list(String caller, String workspace, String type) {
    return server.get(
        caller,
        "/workspaces/"
            + workspace
            + "/run-triggers?"
            + query("filter[run-trigger][type]", type)
            + "&include=workspace,sourceable");
  }

  @Nested
  class A_run_trigger {
    @Test
    void is_the_same_when_created_read_and_listed_at_both_ends() {
      String target = server.workspace("same-target");
      String source = server.workspace("same-source");

      Answer created = create("alice", target, source);

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("run-trigger.json", created.json());
      Answer inbound = list("alice", target, "inbound");
      assertThat(inbound.json().at("/data/0")).isEqualTo(created.data());
      assertThat(inbound.json().path("included"))
          .extracting(included -> included.path("id").asText())
          .containsExactly(target, source);
      assertThat(list("alice", source, "outbound").json().at("/data/0")).isEqualTo(created.data());
      assertThat(list("alice", source, "inbound").ids()).isEmpty();
      assertThat(server.get("alice", "/run-triggers/" + created.id()).json())
          .isEqualTo(created.json());
    }

    @Test
    void is_gone_once_it_is_deleted() {
      String target = server.workspace("gone-target");
      String trigger = create("alice", target, server.workspace("gone-source")).id();

      int deleted = server.send("alice", "DELETE", "/run-triggers/" + trigger, "").status();

      assertThat(deleted).isEqualTo(204);
      assertThat(server.get("alice", "/run-triggers/" + trigger).status()).isEqualTo(404);
      assertThat(list("alice", target, "inbound").ids()).isEmpty();
    }

    @Test
    void is_refused_where_it_makes_no_sense() {
      String target = server.workspace("refusing");
      String source = server.workspace("refused");
      create("alice", target, source);

      for (Answer refused :
          List.of(
              create("alice", target, source),
              create("alice", target, target),
              create("alice", target, "ws-none"),
              server.post(
                  "alice",
                  "/workspaces/" + target + "/run-triggers",
                  "{\"data\":{\"type\":\"run-triggers\"}}"))) {
        assertThat(refused.status()).as(refused.text()).isEqualTo(422);
        assertThat(refused.pointer()).isEqualTo("/data/relationships/sourceable");
      }
      assertThat(list("alice", target, "sideways").status()).isEqualTo(400);
      assertThat(server.get("alice", "/workspaces/" + target + "/run-triggers").status())
          .isEqualTo(400);
      assertThat(create("bob", target, source).status()).isEqualTo(404);
      assertThat(list("bob", target, "inbound").status()).isEqualTo(404);
    }

    @Test
    void is_one_of_twenty_at_most() {
      String target = server.workspace("full");
      for (int i = 0; i < SOURCES_MAX; i++) {
        assertThat(create("alice", target, server.workspace("source-" + i)).status())
            .isEqualTo(201);
      }

      Answer oneMore = create("alice", target, server.workspace("one-too-many"));

      assertThat(oneMore.status()).isEqualTo(422);
      assertThat(oneMore.detail()).contains("20");
    }
  }

  @Nested
  class An_apply {
    @Test
    void leaves_a_job_only_where_something_follows_it() {
      String source = server.readyWorkspace("leaving");
      String alone = server.readyWorkspace("alone");
      create("alice", server.workspace("following"), source);

      assertThat(jobsOf(applied(source))).isOne();
      assertThat(jobsOf(applied(alone))).isZero();
    }

    @Test
    void is_named_by_the_run_that_follows_it() {
      String source = server.readyWorkspace("first-of-two");
      String following = server.readyWorkspace("second-of-two");
      create("alice", following, source);
      String run = applied(source);

      atlas.trigger(run);

      Answer runs = server.get("alice", "/workspaces/" + following + "/runs");
      JsonNode triggered = runs.json().at("/data/0");
      assertThat(triggered.at("/attributes/trigger-reason").asText()).isEqualTo("run_trigger");
      assertThat(triggered.at("/attributes/triggering-source-name").asText())
          .isEqualTo("first-of-two");
      assertThat(triggered.at("/relationships/triggering-run/data/id").asText()).isEqualTo(run);
      assertThat(triggered.at("/relationships/triggering-source/data/id").asText())
          .isEqualTo(source);
      Answer cause = server.get("alice", "/runs/" + run);
      assertThat(cause.attribute("triggering-source-name").isNull()).isTrue();
    }

    private String applied(String workspace) {
      Changes changes = new Changes(1, 0, 0, 0);
      Answer run = server.run(workspace, "{\"auto-apply\":true}");
      worker.finishPlan(worker.claim(run.related("plan")), changes);
      worker.finishApply(
          worker.claim(run.related("apply")), "{\"version\":4,\"serial\":1}", changes);
      return run.id();
    }

    private long jobsOf(String run) {
      return atlas
          .database()
          .read(db ->
              db.createQuery(
                      "SELECT count(*) FROM outbox WHERE flow = :run"
                          + " AND class = 'Runs::TriggerRuns'")
                  .bind("run", run)
                  .mapTo(Long.class)
                  .one());
    }
  }
}
