package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VariablesIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

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
      assertThat(listed.json().at("/data/0/attributes/value").asText()).isEqualTo("text");
      assertThat(listed.json().at("/data/1/attributes/value").isNull()).isTrue();
      long readable =
          atlas
              .database()
              .read(db ->
                  db.createQuery(
                          "SELECT count(*) FROM variables"
                              + " WHERE value_ciphertext NOT LIKE 'vault:v1:%'")
                      .mapTo(Long.class)
                      .one());
      assertThat(readable).isZero();
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
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
    }

    private Answer create(String path, String attributes) {
      return server.post("alice", path, document("vars", attributes));
    }
  }

  @Nested
  class Several_variables {
    @Test
    void are_changed_all_or_none() {
      String workspace = server.workspace("several");
      String path = "/workspaces/" + workspace + "/vars";
      String first = create(path, "a");
      String second = create(path, "b");
      String batch = "/workspaces/" + workspace + "/relationships/vars";

      Answer changed = server.send("alice", "PATCH", batch, edits(first, "a", second, "c"));
      Answer taken = server.send("alice", "PATCH", batch, edits(first, "x", second, "x"));
      Answer unknown = server.send("alice", "PATCH", batch, edits(first, "y", "var-none", "z"));

      assertThat(changed.status()).as(changed.text()).isEqualTo(204);
      assertThat(taken.pointers()).containsExactly("/data/1/attributes/key");
      assertThat(unknown.pointers()).containsExactly("/data/1/id");
      assertThat(server.get("alice", path).json().path("data"))
          .extracting(one -> one.at("/attributes/key").asText())
          .containsExactly("a", "c");
      assertThat(server.send("bob", "PATCH", batch, edits(first, "a", second, "c")).status())
          .isEqualTo(404);
    }

    private String create(String path, String key) {
      return server
          .post("alice", path, document("vars", "{\"key\":\"" + key + "\",\"category\":\"env\"}"))
          .id();
    }

    private static String edits(String first, String key, String second, String otherKey) {
      return "{\"data\":[" + edit(first, key) + "," + edit(second, otherKey) + "]}";
    }

    private static String edit(String id, String key) {
      return "{\"type\":\"vars\",\"id\":\"%s\",\"attributes\":{\"key\":\"%s\"}}".formatted(id, key);
    }
  }

  @Nested
  class The_older_routes {
    @Test
    void do_with_a_variable_what_the_routes_of_its_workspace_do() {
      String workspace = server.workspace("older");
      String body =
          "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"a\",\"value\":\"1\","
              + "\"category\":\"env\"},\"relationships\":{\"workspace\":{\"data\":{"
              + "\"type\":\"workspaces\",\"id\":\""
              + workspace
              + "\"}}}}}";

      Answer created = server.post("alice", "/vars", body);
      Answer listed = server.get("alice", "/vars?" + OF_OLDER);
      String one = "/vars/" + created.id();
      Answer changed = server.send("alice", "PATCH", one, document("vars", "{\"value\":\"2\"}"));

      assertThat(created.status()).isEqualTo(201);
      assertThat(listed.json().at("/data/0")).isEqualTo(created.data());
      assertThat(changed.attribute("value").asText()).isEqualTo("2");
      assertThat(server.get("alice", one).json()).isEqualTo(changed.json());
      assertThat(server.get("alice", "/workspaces/" + workspace + "/all-vars").json().at("/data/0"))
          .isEqualTo(changed.data());
      assertThat(server.get("bob", one).status()).isEqualTo(404);
      assertThat(server.send("bob", "DELETE", one, "").status()).isEqualTo(404);
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", one).status()).isEqualTo(404);
    }

    @Test
    void say_what_they_need() {
      assertThat(server.get("alice", "/vars").status()).isEqualTo(400);
      assertThat(server.get("bob", "/vars?" + OF_OLDER).status()).isEqualTo(404);
      assertThat(server.post("alice", "/vars", document("vars", "{\"key\":\"a\"}")).pointers())
          .containsExactly("/data/relationships/workspace");
      assertThat(server.post("alice", "/vars", "{not json").status()).isEqualTo(400);
    }

    private static final String OF_OLDER =
        "filter%5Borganization%5D%5Bname%5D=acme&filter%5Bworkspace%5D%5Bname%5D=older";
  }

  @Nested
  class All_variables {
    @Test
    void are_not_there_for_another_organization() {
      String workspace = server.workspace("all");

      assertThat(server.get("bob", "/workspaces/" + workspace + "/all-vars").status())
          .isEqualTo(404);
    }
  }
}
