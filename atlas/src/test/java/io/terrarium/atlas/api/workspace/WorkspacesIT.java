package io.terrarium.atlas.api.workspace;

import static io.terrarium.atlas.api.workspace.WorkspaceServer.document;
import static io.terrarium.atlas.api.workspace.WorkspaceServer.query;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.atlas.api.workspace.WorkspaceServer.Answer;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.state.ParsedState;
import io.terrarium.kernel.json.Json;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WorkspacesIT {
  private static final String OF_ACME = "/organizations/acme/workspaces";
  private static final String MD5 = "0123456789abcdef0123456789abcdef";

  private WorkspaceServer server;

  @BeforeAll
  void start(@TempDir Path directory) {
    server = new WorkspaceServer(directory);
  }

  @AfterAll
  void stop() {
    server.close();
  }

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
      assertThat(server.get("alice", "/workspaces/" + created.id()).body())
          .isEqualTo(created.body());
      assertThat(server.get("anna", OF_ACME + "/same").body()).isEqualTo(created.body());
      Answer listed = server.get("alice", OF_ACME + "?" + query("search[name]", "same"));
      assertThat(listed.body().at("/data/0")).isEqualTo(created.body().path("data"));
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
      assertThat(server.send("bob", "DELETE", "/workspaces/" + id, null).status()).isEqualTo(404);
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
      assertThat(names(query("filter[project][id]", "prj-beta"))).isEmpty();
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
      assertThat(page.body().path("data")).isEmpty();
      assertThat(page.body().at("/meta/pagination/total-count").asInt()).isEqualTo(2);
      assertThat(page.body().at("/meta/pagination/current-page").asInt()).isEqualTo(999);
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
      assertThat(locked.body().at("/data/relationships/locked-by/data/id").asText())
          .isEqualTo("user-alice");
      assertThat(server.post("anna", actions + "lock", "{}").status()).isEqualTo(409);
      assertThat(server.post("anna", actions + "unlock", "").detail())
          .contains("is locked by User");
      assertThat(server.post("acme", actions + "unlock", "").status()).isEqualTo(404);
      assertThat(server.post("alice", actions + "unlock", "").status()).isEqualTo(200);
      assertThat(server.post("alice", actions + "unlock", "").status()).isEqualTo(409);
      assertThat(server.unlocked).isNotEmpty();
    }

    @Test
    void of_a_run_is_not_opened_by_people() {
      String id = server.workspace("running");
      server.database.useTransaction(db ->
          db.execute(
              "UPDATE workspaces SET locked_by_type = 'runs', locked_by_id = 'run-1'"
                  + " WHERE external_id = ?",
              id));

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
      String id = listed.body().at("/data/0/id").asText();
      String removed = "{\"data\":[{\"type\":\"tags\",\"id\":\"" + id + "\"}]}";
      assertThat(server.send("alice", "DELETE", path, removed).status()).isEqualTo(204);
      assertThat(server.get("alice", path).names()).containsExactly("b");
    }
  }

  @Nested
  class A_variable {
    @Test
    void is_stored_as_ciphertext_and_shown_unless_sensitive() {
      String path = "/workspaces/" + server.workspace("vars") + "/vars";

      Answer plain = create(path, "{\"key\":\"a\",\"value\":\"text\",\"category\":\"env\"}");
      Answer secret =
          create(
              path,
              "{\"key\":\"b\",\"value\":\"hush\",\"category\":\"terraform\",\"sensitive\":true}");

      assertThat(plain.status()).isEqualTo(201);
      assertThat(plain.attribute("value").asText()).isEqualTo("text");
      assertThat(secret.attribute("value").isNull()).isTrue();
      Answer listed = server.get("alice", path);
      assertThat(listed.body().at("/data/0/attributes/value").asText()).isEqualTo("text");
      assertThat(listed.body().at("/data/1/attributes/value").isNull()).isTrue();
      assertThat(
              server.key(
                  "SELECT count(*) FROM variables WHERE value_ciphertext NOT LIKE 'vault:v1:%'"))
          .isZero();
    }

    @Test
    void is_refused_with_all_its_problems() {
      String path = "/workspaces/" + server.workspace("bad-vars") + "/vars";
      create(path, "{\"key\":\"a\",\"category\":\"env\"}");

      assertThat(create(path, "{\"key\":\"a\",\"category\":\"env\"}").detail())
          .isEqualTo("Key has already been taken");
      Answer refused =
          create(
              path,
              "{\"key\":\"\",\"category\":\"env\",\"hcl\":true,\"description\":\""
                  + "x".repeat(513)
                  + "\",\"value\":\""
                  + "y".repeat(256 * 1024 + 1)
                  + "\"}");
      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.pointers())
          .containsExactlyInAnyOrder(
              "/data/attributes/key",
              "/data/attributes/hcl",
              "/data/attributes/description",
              "/data/attributes/value");
    }

    @Test
    void that_is_sensitive_changes_its_value_only() {
      String path = "/workspaces/" + server.workspace("sensitive") + "/vars";
      Answer before =
          create(path, "{\"key\":\"a\",\"value\":\"1\",\"category\":\"env\",\"sensitive\":true}");
      String one = path + "/" + before.id();

      Answer changed = server.send("alice", "PATCH", one, document("vars", "{\"value\":\"2\"}"));
      Answer shown = server.send("alice", "PATCH", one, document("vars", "{\"sensitive\":false}"));

      assertThat(changed.attribute("value").isNull()).isTrue();
      assertThat(changed.attribute("version-id")).isNotEqualTo(before.attribute("version-id"));
      assertThat(shown.status()).isEqualTo(422);
      assertThat(server.send("alice", "DELETE", one, null).status()).isEqualTo(204);
    }

    private Answer create(String path, String attributes) {
      return server.post("alice", path, document("vars", attributes));
    }
  }

  @Nested
  class A_state_version {
    @Test
    void waits_for_its_bytes_and_is_then_current() throws Exception {
      String workspace = "/workspaces/" + server.workspace("state");
      assertThat(push(workspace, 1).status()).isEqualTo(409);
      server.post("alice", workspace + "/actions/lock", "{}");
      assertThat(server.get("alice", workspace + "/current-state-version").status()).isEqualTo(404);

      Answer pending = push(workspace, 1);
      assertThat(pending.attribute("status").asText()).isEqualTo("pending");
      assertThat(pending.attribute("hosted-state-upload-url").asText())
          .startsWith("https://terrarium.test/_archivist/v1/object/");
      assertThat(server.post("alice", workspace + "/actions/unlock", "").status()).isEqualTo(409);
      stored(pending.id());
      stored(pending.id());

      Answer current = server.get("alice", workspace + "/current-state-version");
      assertThat(current.id()).isEqualTo(pending.id());
      assertThat(current.attribute("status").asText()).isEqualTo("finalized");
      assertThat(current.attribute("hosted-state-download-url").asText()).isNotEmpty();
      assertThat(
              server.key(
                  "SELECT count(*) FROM outbox WHERE argument::text LIKE '%" + pending.id() + "%'"))
          .isOne();
      parse(pending.id());
      Answer outputs = server.get("alice", workspace + "/current-state-version-outputs");
      assertThat(outputs.names()).containsExactly("open", "secret");
      assertThat(outputs.body().at("/data/0/attributes/value").asInt()).isEqualTo(7);
      assertThat(outputs.body().at("/data/1/attributes/value").isNull()).isTrue();
      String secret = "/state-version-outputs/" + outputs.body().at("/data/1/id").asText();
      assertThat(server.get("alice", secret).attribute("value").asText()).isEqualTo("hush");
      assertThat(server.get("bob", secret).status()).isEqualTo(404);
      assertThat(server.get("alice", workspace).attribute("resource-count").asInt()).isEqualTo(3);
      assertThat(server.post("alice", workspace + "/actions/unlock", "").status()).isEqualTo(200);
      Answer kept = server.post("alice", workspace + "/actions/safe-delete", "");
      assertThat(kept.status()).isEqualTo(409);
    }

    @Test
    void follows_its_predecessor() {
      String workspace = "/workspaces/" + server.workspace("serials");
      server.post("alice", workspace + "/actions/lock", "{}");

      assertThat(inline(workspace, 5, "L", MD5, false)).isEqualTo(201);
      assertThat(inline(workspace, 5, "L", MD5, false)).isEqualTo(201);
      assertThat(inline(workspace, 5, "L", MD5.replace('0', '1'), false)).isEqualTo(409);
      assertThat(inline(workspace, 4, "L", MD5, false)).isEqualTo(409);
      assertThat(inline(workspace, 6, "M", MD5, false)).isEqualTo(409);
      assertThat(inline(workspace, 6, "M", MD5, true)).isEqualTo(201);
      Answer listed =
          server.get(
              "alice",
              "/state-versions?"
                  + query("filter[organization][name]", "acme")
                  + "&"
                  + query("filter[workspace][name]", "serials"));
      assertThat(listed.body().at("/meta/pagination/total-count").asInt()).isEqualTo(3);
    }

    @Test
    void comes_back_under_the_next_serial() throws Exception {
      String workspace = "/workspaces/" + server.workspace("rollback");
      server.post("alice", workspace + "/actions/lock", "{}");
      inline(workspace, 1, "L", MD5, false);
      String first = server.get("alice", workspace + "/current-state-version").id();
      inline(workspace, 2, "L", MD5, false);

      Answer back =
          server.send(
              "alice",
              "PATCH",
              workspace + "/state-versions",
              "{\"data\":{\"type\":\"state-versions\",\"relationships\":{"
                  + "\"rollback-state-version\":{\"data\":{\"type\":\"state-versions\",\"id\":\""
                  + first
                  + "\"}}}}}");

      assertThat(back.status()).isEqualTo(201);
      assertThat(back.attribute("serial").asInt()).isEqualTo(3);
      byte[] bytes = server.shelf.get("states/" + back.id() + "/state");
      assertThat(Json.SNAKE.readTree(bytes).path("serial").asInt()).isEqualTo(3);
    }

    @Test
    void is_written_by_the_run_that_holds_the_workspace() {
      String id = server.workspace("of-run");
      server.run("run-a", id);
      server.run("run-b", server.workspace("of-other-run"));
      String states = "/workspaces/" + id + "/state-versions";
      String state = document("state-versions", "{\"serial\":1,\"md5\":\"" + MD5 + "\"}");

      Answer written = server.post("run-a", states, state);

      assertThat(written.status()).isEqualTo(201);
      assertThat(written.body().at("/data/relationships/run/data/id").asText()).isEqualTo("run-a");
      assertThat(server.post("run-b", states, state).status()).isEqualTo(404);
      assertThat(server.post("alice", states, state).status()).isEqualTo(409);
      assertThat(server.get("run-a", "/workspaces/" + id + "/vars").status()).isEqualTo(404);
    }

    @Test
    void is_written_by_nobody_but_the_holder_of_the_lock() {
      String workspace = "/workspaces/" + server.workspace("held");
      server.post("anna", workspace + "/actions/lock", "{}");

      Answer refused = push(workspace, 1);

      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.detail()).contains("locked by another");
    }

    private Answer push(String workspace, int serial) {
      return server.post(
          "alice",
          workspace + "/state-versions",
          document("state-versions", "{\"serial\":" + serial + ",\"md5\":\"" + MD5 + "\"}"));
    }

    private int inline(String workspace, int serial, String lineage, String md5, boolean force) {
      String state = "{\"version\":4,\"serial\":" + serial + ",\"lineage\":\"" + lineage + "\"}";
      String encoded = Base64.getEncoder().encodeToString(state.getBytes(StandardCharsets.UTF_8));
      String attributes =
          "{\"serial\":%d,\"lineage\":\"%s\",\"md5\":\"%s\",\"force\":%s,\"state\":\"%s\"}"
              .formatted(serial, lineage, md5, force, encoded);
      return server
          .post("alice", workspace + "/state-versions", document("state-versions", attributes))
          .status();
    }

    private void stored(String id) {
      server.states.stored(
          new ObjectStored(1, "state-version", id, "states/" + id + "/state", 9, "s", MD5, 0));
    }

    private void parse(String id) throws Exception {
      String parsed =
          """
          {"v":1,"terraform_version":"1.11.4","state_format":4,"serial":1,"lineage":"L",
           "resource_count":3,"resources":[],"modules":[],"providers":[],
           "outputs":[
             {"name":"open","sensitive":false,"type":"number","detailed_type":"number","value":7},
             {"name":"secret","sensitive":true,"type":"string","detailed_type":"string",
              "value":"hush"}]}
          """;
      server.states.parsed(
          new StateVersionId(id), Json.SNAKE.readValue(parsed, ParsedState.class), "no-such-jid");
    }
  }
}
