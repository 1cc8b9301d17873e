package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspacesIT {
  private static final String OF_ACME = "/organizations/acme/workspaces";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  @Nested
  class A_workspace {
    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created =
          server.post(
              "alice",
              OF_ACME,
              """
              {"data":{"type":"workspaces","attributes":{"name":"same","description":"d",
                "auto-apply":true},"relationships":{"tags":{"data":[{"type":"tags",
                "attributes":{"name":"blue"}}]}}}}
              """);

      assertThat(created.status()).isEqualTo(201);
      assertThat(created.attribute("terraform-version").asText()).isEqualTo("1.11.4");
      assertThat(created.attribute("tag-names").toString()).isEqualTo("[\"blue\"]");
      assertThat(created.attribute("operations").asBoolean()).isTrue();
      assertThat(created.attribute("permissions").path("can-force-delete").asBoolean()).isTrue();
      assertThat(created.attribute("created-at").asText()).endsWith("Z");
      assertThat(server.get("alice", "/workspaces/" + created.id()).json())
          .isEqualTo(created.json());
      assertThat(server.get("anna", OF_ACME + "/same").json()).isEqualTo(created.json());
      Answer listed = server.get("alice", OF_ACME + "?" + query("search[name]", "same"));
      assertThat(listed.json().at("/data/0")).isEqualTo(created.json().path("data"));
    }

    @Test
    void reports_all_that_is_wrong_with_it_together() {
      Answer refused =
          server.post(
              "alice",
              OF_ACME,
              document(
                  "workspaces",
                  """
                  {"name":"a b","terraform-version":"nonexisting","execution-mode":"agent",
                   "working-directory":"../up","trigger-prefixes":["a"],"trigger-patterns":["b"]}
                  """));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointers())
          .containsExactlyInAnyOrder(
              "/data/attributes/name",
              "/data/attributes/terraform-version",
              "/data/attributes/execution-mode",
              "/data/attributes/working-directory",
              "/data/attributes/trigger-patterns");
    }

    @Test
    void has_a_name_that_no_other_has() {
      server.workspace("unique");

      Answer refused =
          server.post("alice", OF_ACME, document("workspaces", "{\"name\":\"Unique\"}"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.detail()).isEqualTo("Name has already been taken");
    }

    @Test
    void is_not_there_for_another_organization() {
      String id = server.workspace("hidden");

      assertThat(server.get("bob", "/workspaces/" + id).status()).isEqualTo(404);
      assertThat(server.get("bob", OF_ACME).status()).isEqualTo(404);
      assertThat(server.get("bob", OF_ACME + "/hidden").status()).isEqualTo(404);
      assertThat(server.send("bob", "DELETE", "/workspaces/" + id, "").status()).isEqualTo(404);
      assertThat(server.get("bob", "/workspaces/" + id + "/vars").status()).isEqualTo(404);
      assertThat(server.get("alice", "/workspaces/" + id).status()).isEqualTo(200);
    }

    @Test
    void changes_only_what_is_sent() {
      String id = server.workspace("changing");

      Answer changed =
          server.send(
              "alice",
              "PATCH",
              OF_ACME + "/changing",
              document("workspaces", "{\"operations\":false,\"terraform-version\":\"~> 1.5.0\"}"));

      assertThat(changed.id()).isEqualTo(id);
      assertThat(changed.attribute("name").asText()).isEqualTo("changing");
      assertThat(changed.attribute("execution-mode").asText()).isEqualTo("local");
      assertThat(changed.attribute("terraform-version").asText()).isEqualTo("~> 1.5.0");
      assertThat(changed.attribute("setting-overwrites").path("execution-mode").asBoolean())
          .isTrue();
    }

    @Test
    void is_deleted_safely_when_it_manages_nothing() {
      server.workspace("gone");

      Answer deleted = server.post("alice", OF_ACME + "/gone/actions/safe-delete", "");

      assertThat(deleted.status()).isEqualTo(204);
      assertThat(server.get("alice", OF_ACME + "/gone").status()).isEqualTo(404);
    }

    @Test
    void is_not_shown_with_an_unknown_include() {
      server.workspace("including");

      Answer refused = server.get("alice", OF_ACME + "/including?include=nonsense");

      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.detail()).endsWith("Invalid include parameter");
    }
  }

  @Nested
  class A_list {
    @Test
    void is_narrowed_by_names_and_tags() {
      String one = server.workspace("list-one-prod");
      String two = server.workspace("list-two-test");
      tag(one, "{\"key\":\"env\",\"value\":\"prod\"}");
      tag(two, "{\"key\":\"env\",\"value\":\"test\"}");
      tag(two, "{\"key\":\"red\"}");

      assertThat(names(query("search[wildcard-name]", "list-*-prod")))
          .containsExactly("list-one-prod");
      assertThat(names(query("search[tags]", "red,env"))).containsExactly("list-two-test");
      assertThat(names(query("search[tags]", "env") + "&" + query("search[exclude-tags]", "red")))
          .containsExactly("list-one-prod");
      assertThat(
              names(
                  query("filter[tagged][0][key]", "env")
                      + "&"
                      + query("filter[tagged][0][value]", "prod")))
          .containsExactly("list-one-prod");
      assertThat(names(query("search[name]", "list-") + "&sort=-name"))
          .containsExactly("list-two-test", "list-one-prod");
      assertThat(names(query("filter[project][id]", projectOfBeta()))).isEmpty();
      assertThat(names(query("filter[current-run][status]", "applied"))).isEmpty();
    }

    @Test
    void far_behind_its_end_is_empty_and_knows_its_total() {
      server.workspace("paged-a");
      server.workspace("paged-b");

      Answer page =
          server.get(
              "alice",
              OF_ACME + "?" + query("search[name]", "paged-") + "&" + query("page[number]", "999"));

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.json().path("data")).isEmpty();
      assertThat(page.json().at("/meta/pagination/total-count").asInt()).isEqualTo(2);
      assertThat(page.json().at("/meta/pagination/current-page").asInt()).isEqualTo(999);
    }

    private String projectOfBeta() {
      return server.get("bob", "/organizations/beta/projects").ids().getFirst();
    }

    private void tag(String workspace, String attributes) {
      server.send(
          "alice",
          "PATCH",
          "/workspaces/" + workspace + "/tag-bindings",
          "{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":" + attributes + "}]}");
    }

    private List<String> names(String query) {
      return server.get("alice", OF_ACME + "?" + query).names();
    }
  }

  @Nested
  class A_lock {
    @Test
    void is_held_by_one_person_and_opened_by_the_same() {
      String actions = "/workspaces/" + server.workspace("locking") + "/actions/";

      Answer locked =
          server.post(
              "alice", actions + "lock", "{\"type\":\"\",\"reason\":\"Locked by Terraform\"}");

      assertThat(locked.status()).isEqualTo(200);
      assertThat(locked.attribute("locked").asBoolean()).isTrue();
      assertThat(locked.attribute("locked-reason").asText()).isEqualTo("Locked by Terraform");
      assertThat(locked.json().at("/data/relationships/locked-by/data/id").asText())
          .isEqualTo(server.id("alice"));
      assertThat(server.post("anna", actions + "lock", "{}").status()).isEqualTo(409);
      assertThat(server.post("anna", actions + "unlock", "").detail())
          .contains("is locked by User");
      assertThat(server.post("acme", actions + "unlock", "").status()).isEqualTo(404);
      assertThat(server.post("alice", actions + "unlock", "").status()).isEqualTo(200);
      assertThat(server.post("alice", actions + "unlock", "").status()).isEqualTo(409);
    }

    @Test
    void of_a_person_keeps_runs_waiting_until_it_is_opened() {
      String id = server.readyWorkspace("waited-for");
      server.post("alice", "/workspaces/" + id + "/actions/lock", "{}");
      Answer waiting = server.run(id, "{}");

      server.post("alice", "/workspaces/" + id + "/actions/unlock", "");

      assertThat(waiting.attribute("status").asText()).isEqualTo("pending");
      assertThat(server.get("alice", "/runs/" + waiting.id()).attribute("status").asText())
          .isEqualTo("queuing");
    }

    @Test
    void of_a_run_is_not_opened_by_people() {
      String id = server.readyWorkspace("running");
      server.run(id, "{}");

      for (String action : List.of("unlock", "force-unlock")) {
        Answer refused = server.post("alice", "/workspaces/" + id + "/actions/" + action, "");
        assertThat(refused.status()).isEqualTo(409);
        assertThat(refused.detail()).contains("is locked by Run");
      }
    }

    @Test
    void is_taken_away_by_force() {
      String actions = "/workspaces/" + server.workspace("forced") + "/actions/";
      server.post("alice", actions + "lock", "{}");

      Answer opened = server.post("anna", actions + "force-unlock", "");

      assertThat(opened.status()).isEqualTo(200);
      assertThat(opened.attribute("locked").asBoolean()).isFalse();
    }
  }

  @Nested
  class Tags {
    @Test
    void are_added_listed_and_removed() {
      String path = "/workspaces/" + server.workspace("tagged") + "/relationships/tags";

      server.post(
          "alice",
          path,
          """
          {"data":[{"type":"tags","attributes":{"name":"a"}},
                   {"type":"tags","attributes":{"name":"b"}}]}
          """);
      Answer listed = server.get("alice", path);

      assertThat(listed.names()).containsExactly("a", "b");
      String id = listed.json().at("/data/0/id").asText();
      String removed = "{\"data\":[{\"type\":\"tags\",\"id\":\"" + id + "\"}]}";
      assertThat(server.send("alice", "DELETE", path, removed).status()).isEqualTo(204);
      assertThat(server.get("alice", path).names()).containsExactly("b");
    }
  }
}
