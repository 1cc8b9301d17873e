package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SshKeysIT {
  private static final String KEYS = "/organizations/acme/ssh-keys";
  private static final String PEM =
      "-----BEGIN RSA PRIVATE KEY-----\\nMIIBOgIBAAJBAKj3\\n-----END RSA PRIVATE KEY-----";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final MeshWorker worker = new MeshWorker(atlas);

  private Answer create(String name) {
    return server.post("alice", KEYS, key(name, PEM));
  }

  private static String key(String name, String value) {
    return document("ssh-keys", "{\"name\":\"" + name + "\",\"value\":\"" + value + "\"}");
  }

  private Answer assign(String caller, String workspace, @Nullable String key) {
    return server.send(
        caller,
        "PATCH",
        "/workspaces/" + workspace + "/relationships/ssh-key",
        "{\"data\":{\"type\":\"ssh-keys\",\"id\":"
            + (key == null ? "null" : "\"" + key + "\"")
            + "}}");
  }

  @Nested
  class An_ssh_key {
    @Test
    void is_the_same_when_created_read_and_listed_and_never_shows_its_value() {
      Answer created = create("same");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("ssh-key.json", created.json());
      Answer shown = server.get("alice", "/ssh-keys/" + created.id());
      Answer listed = server.get("alice", KEYS + "?page%5Bsize%5D=100");
      assertThat(shown.json()).isEqualTo(created.json());
      assertThat(listed.json().path("data")).contains(created.data());
      assertThat(listed.text()).doesNotContain("PRIVATE KEY");
      long readable =
          atlas
              .database()
              .read(db ->
                  db.createQuery(
                          "SELECT count(*) FROM ssh_keys"
                              + " WHERE value_ciphertext NOT LIKE 'vault:v1:%'")
                      .mapTo(Long.class)
                      .one());
      assertThat(readable).isZero();
    }

    @Test
    void is_renamed_and_deleted() {
      String one = "/ssh-keys/" + create("before").id();

      Answer renamed =
          server.send("alice", "PATCH", one, document("ssh-keys", "{\"name\":\"after\"}"));

      assertThat(renamed.attribute("name").asText()).isEqualTo("after");
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", one).status()).isEqualTo(404);
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      create("taken");
      String other = "/ssh-keys/" + create("other").id();

      refused(key("taken", PEM), "/data/attributes/name");
      refused(key("", PEM), "/data/attributes/name");
      refused(key("n".repeat(256), PEM), "/data/attributes/name");
      refused(key("a", ""), "/data/attributes/value");
      refused(key("a", "x".repeat(65_537)), "/data/attributes/value");
      refused(document("ssh-keys", "{\"name\":\"a\"}"), "/data/attributes/value");
      refused(document("vars", "{\"name\":\"a\"}"), "/data/type");
      assertThat(server.send("alice", "PATCH", other, key("taken", PEM)).pointers())
          .containsExactly("/data/attributes/name");
    }

    private void refused(String body, String pointer) {
      Answer answer = server.post("alice", KEYS, body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
      assertThat(answer.pointers()).containsExactly(pointer);
    }

    @Test
    void is_for_its_organizations_people_and_not_for_its_token() {
      String one = "/ssh-keys/" + create("private").id();

      for (String stranger : new String[] {"bob", "acme"}) {
        assertThat(server.get(stranger, KEYS).status()).isEqualTo(404);
        assertThat(server.get(stranger, one).status()).isEqualTo(404);
        assertThat(server.send(stranger, "DELETE", one, "").status()).isEqualTo(404);
        assertThat(server.post(stranger, KEYS, key("x", PEM)).status()).isEqualTo(404);
      }
    }
  }

  @Nested
  class A_workspace {
    @Test
    void has_the_key_that_it_is_given_until_it_is_taken_away() {
      String workspace = server.workspace("keyed");
      String key = create("of keyed").id();

      Answer assigned = assign("alice", workspace, key);
      Answer cleared = assign("alice", workspace, null);
      assign("alice", workspace, key);
      server.send("alice", "DELETE", "/ssh-keys/" + key, "");

      assertThat(assigned.status()).as(assigned.text()).isEqualTo(200);
      assertThat(assigned.related("ssh-key")).isEqualTo(key);
      assertThat(cleared.data().at("/relationships/ssh-key/data").isNull()).isTrue();
      Answer after = server.get("alice", "/workspaces/" + workspace);
      assertThat(after.data().at("/relationships/ssh-key/data").isNull()).isTrue();
    }

    @Test
    void is_given_a_key_in_the_words_of_the_go_sdk() {
      String workspace = server.workspace("spoken");
      String key = create("of spoken").id();
      String path = "/workspaces/" + workspace + "/relationships/ssh-key";

      Answer assigned =
          server.send("alice", "PATCH", path, document("workspaces", "{\"id\":\"" + key + "\"}"));
      Answer odd =
          server.send("alice", "PATCH", path, "{\"data\":{\"type\":\"ssh-keys\",\"id\":5}}");
      Answer cleared = server.send("alice", "PATCH", path, document("workspaces", "{\"id\":null}"));

      assertThat(assigned.related("ssh-key")).isEqualTo(key);
      assertThat(odd.pointers()).containsExactly("/data/id");
      assertThat(cleared.status()).isEqualTo(200);
      assertThat(cleared.data().at("/relationships/ssh-key/data").isNull()).isTrue();
    }

    @Test
    void has_admins_who_see_the_keys_that_they_may_pick() {
      String workspace = server.workspace("picked");
      String key = create("of picked").id();
      server.allow(server.team("pickers", ""), workspace, "{\"access\":\"admin\"}");
      server.allow(server.team("writers", ""), workspace, "{\"access\":\"write\"}");

      assertThat(server.get("pickers", KEYS + "?page%5Bsize%5D=100").ids()).contains(key);
      assertThat(server.get("pickers", "/ssh-keys/" + key).status()).isEqualTo(200);
      assertThat(assign("pickers", workspace, key).status()).isEqualTo(200);
      assertThat(server.send("pickers", "DELETE", "/ssh-keys/" + key, "").status()).isEqualTo(404);
      assertThat(server.get("writers", KEYS).status()).isEqualTo(404);
      assertThat(server.get("writers", "/ssh-keys/" + key).status()).isEqualTo(404);
    }

    @Test
    void takes_no_key_of_another_organization() {
      String workspace = server.workspace("choosy");
      String foreign = server.post("bob", "/organizations/beta/ssh-keys", key("of beta", PEM)).id();

      assertThat(assign("alice", workspace, foreign).pointers()).containsExactly("/data/id");
      assertThat(assign("alice", workspace, "sshkey-none").pointers()).containsExactly("/data/id");
      assertThat(assign("bob", workspace, foreign).status()).isEqualTo(404);
      assertThat(
              server
                  .send(
                      "alice",
                      "PATCH",
                      "/workspaces/" + workspace + "/relationships/ssh-key",
                      "{\"data\":[]}")
                  .status())
          .isEqualTo(400);
    }
  }

  @Nested
  class A_claim {
    @Test
    void hands_the_key_over_to_the_worker() {
      String workspace = server.readyWorkspace("claimed");
      assign("alice", workspace, create("of claimed").id());
      Answer run = server.run(workspace, "{\"plan-only\":true}");

      String handed = String.valueOf(worker.claim(run.related("plan")).build().sshKey());

      assertThat(handed).isEqualTo(PEM.replace("\\n", "\n") + "\n");
    }
  }
}
