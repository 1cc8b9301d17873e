package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RunCommentsIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private String run(String workspace) {
    return "/runs/" + server.run(server.readyWorkspace(workspace), "{}").id();
  }

  private Answer say(String caller, String run, String attributes) {
    return server.post(caller, run + "/comments", document("comments", attributes));
  }

  @Nested
  class A_comment {
    @Test
    void is_the_same_when_created_read_and_listed() {
      String run = run("commented");

      Answer created = say("anna", run, "{\"body\":\"Looks good\"}");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("comment.json", created.json());
      assertThat(server.get("alice", "/comments/" + created.id()).json()).isEqualTo(created.json());
      assertThat(server.get("alice", run + "/comments").json().at("/data/0"))
          .isEqualTo(created.data());
    }

    @Test
    void is_a_line_of_the_history() {
      String run = run("historic");
      Answer created = say("anna", run, "{\"body\":\"Why?\"}");

      Answer event = server.get("alice", "/run-events/" + created.related("run-event"));

      assertThat(event.attribute("action").asText()).isEqualTo("commented");
      assertThat(event.related("comment")).isEqualTo(created.id());
      assertThat(event.related("actor")).isEqualTo(server.id("anna"));
      assertThat(server.get("alice", run + "/run-events").ids()).contains(event.id());
    }

    @Test
    void is_refused_without_words_and_from_strangers() {
      String run = run("refusing");
      Answer comment = say("alice", run, "{\"body\":\"Ours\"}");

      assertThat(say("alice", run, "{\"body\":\" \"}").pointer())
          .isEqualTo("/data/attributes/body");
      assertThat(say("alice", run, "{\"body\":7}").status()).isEqualTo(422);
      assertThat(say("bob", run, "{\"body\":\"Hello\"}").status()).isEqualTo(404);
      assertThat(server.get("bob", "/comments/" + comment.id()).status()).isEqualTo(404);
      assertThat(server.get("alice", "/comments/wsc-none").status()).isEqualTo(404);
    }
  }

  @Test
  void a_run_has_neither_policy_checks_nor_task_stages() {
    String run = run("unchecked");

    for (String list : new String[] {"/policy-checks", "/task-stages"}) {
      Answer none = server.get("alice", run + list);

      assertThat(none.ids()).isEmpty();
      assertThat(none.json().at("/meta/pagination/total-count").asInt()).isZero();
      assertThat(server.get("bob", run + list).status()).isEqualTo(404);
    }
  }

  @Test
  void an_organization_brings_along_what_is_asked_for() {
    Answer found =
        server.get("alice", "/organizations/acme?include=entitlement_set,default-project");

    assertThat(found.json().path("included"))
        .extracting(included -> included.path("type").asText())
        .containsExactly("entitlement-sets", "projects");
    assertThat(server.get("alice", "/organizations/acme?include=everything").status())
        .isEqualTo(400);
  }

  @Test
  void states_are_listed_by_several_statuses() {
    String workspace = server.workspace("statuses");
    server.post("alice", "/workspaces/" + workspace + "/actions/lock", "{}");
    String pending =
        server
            .post(
                "alice",
                "/workspaces/" + workspace + "/state-versions",
                document(
                    "state-versions",
                    "{\"serial\":1,\"lineage\":\"L\",\"md5\":\"0123456789abcdef0123456789abcdef\"}"))
            .id();
    String list =
        "/state-versions?"
            + query("filter[organization][name]", "acme")
            + "&"
            + query("filter[workspace][name]", "statuses")
            + "&";

    assertThat(server.get("alice", list + query("filter[status]", "pending,finalized")).ids())
        .containsExactly(pending);
    assertThat(server.get("alice", list + query("filter[status]", "finalized,discarded")).ids())
        .isEmpty();
  }
}
