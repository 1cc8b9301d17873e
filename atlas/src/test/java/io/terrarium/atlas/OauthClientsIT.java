package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OauthClientsIT {
  private static final String CLIENTS = "/organizations/acme/oauth-clients";
  private static final String PEM =
      "-----BEGIN OPENSSH PRIVATE KEY-----\\nMIIBOgIB\\n-----END OPENSSH PRIVATE KEY-----";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private Answer create(String name) {
    return server.post("alice", CLIENTS, client(name));
  }

  /// A plain Git server, which nobody has to ask.
  private static String client(String name) {
    return document(
        "oauth-clients",
        """
        {"name":"%s","service-provider":"git","http-url":"https://git.example.com/",
         "oauth-token-string":"ci:hush","secret":"signs webhooks"}\
        """
            .formatted(name));
  }

  private static String provider(String attributes) {
    return document("oauth-clients", "{\"service-provider\":" + attributes + "}");
  }

  @Nested
  class A_connection {
    @Test
    void is_the_same_when_created_read_and_listed_and_never_shows_its_secrets() {
      Answer created = create("same");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      Golden.assertSame("oauth-client.json", created.json());
      Answer shown = server.get("alice", "/oauth-clients/" + created.id());
      Answer listed = server.get("alice", CLIENTS + "?page%5Bsize%5D=100");
      assertThat(shown.json()).isEqualTo(created.json());
      assertThat(listed.json().path("data")).contains(created.data());
      assertThat(listed.text()).doesNotContain("hush").doesNotContain("signs webhooks");
      assertThat(readable()).isZero();
    }

    private long readable() {
      return atlas
          .database()
          .read(db ->
              db.createQuery(
                      """
                      SELECT count(*) FROM oauth_clients c JOIN oauth_tokens t ON t.oauth_client_id = c.id
                       WHERE c.secret_ciphertext NOT LIKE 'vault:v1:%'
                          OR t.value_ciphertext NOT LIKE 'vault:v1:%'
                          OR t.ssh_key_ciphertext NOT LIKE 'vault:v1:%'
                      """)
                  .mapTo(Long.class)
                  .one());
    }

    @Test
    void is_changed_and_deleted() {
      String one = "/oauth-clients/" + create("before").id();

      Answer changed =
          server.send(
              "alice",
              "PATCH",
              one,
              document("oauth-clients", "{\"name\":\"after\",\"organization-scoped\":false}"));

      assertThat(changed.attribute("name").asText()).isEqualTo("after");
      assertThat(changed.attribute("organization-scoped").asBoolean()).isFalse();
      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", one).status()).isEqualTo(404);
    }

    @Test
    void takes_another_token_and_keeps_its_own_where_none_is_given() {
      Answer created = create("rotated");
      String one = "/oauth-clients/" + created.id();
      String before = token(created);

      server.send("alice", "PATCH", one, document("oauth-clients", "{\"secret\":\"\"}"));
      String kept = token(created);
      Answer changed =
          server.send(
              "alice",
              "PATCH",
              one,
              document("oauth-clients", "{\"oauth-token-string\":\"name:another\"}"));

      assertThat(changed.status()).as(changed.text()).isEqualTo(200);
      assertThat(kept).isEqualTo(before);
      assertThat(token(created)).startsWith("vault:v1:").isNotEqualTo(before);
    }

    private String token(Answer client) {
      return atlas
          .database()
          .read(db ->
              db.createQuery(
                      "SELECT t.value_ciphertext FROM oauth_tokens t JOIN oauth_clients c"
                          + " ON c.id = t.oauth_client_id WHERE c.external_id = :id")
                  .bind("id", client.id())
                  .mapTo(String.class)
                  .one());
    }

    @Test
    void is_refused_with_what_is_wrong_with_it() {
      refused(provider("\"cvs\""), "/data/attributes/service-provider");
      refused(provider("\"git\""), "/data/attributes/http-url");
      refused(provider("\"git\",\"http-url\":\"file:///etc\""), "/data/attributes/http-url");
      refused(
          provider("\"git\",\"http-url\":\"https://me:secret@git.example.com\""),
          "/data/attributes/http-url");
      refused(provider("\"github\""), "/data/attributes/oauth-token-string");
      refused(provider("\"github\",\"key\":\"app\""), "/data/attributes/oauth-token-string");
      refused(
          provider(
              "\"gitea\",\"http-url\":\"https://git.example.com\",\"oauth-token-string\":\"\""),
          "/data/attributes/oauth-token-string");
      refused(document("ssh-keys", "{}"), "/data/type");
    }

    private void refused(String body, String pointer) {
      Answer answer = server.post("alice", CLIENTS, body);
      assertThat(answer.status()).as(answer.text()).isEqualTo(422);
      assertThat(answer.pointers()).containsExactly(pointer);
    }

    @Test
    void is_for_its_organization_alone() {
      String one = "/oauth-clients/" + create("private").id();

      assertThat(server.get("bob", CLIENTS).status()).isEqualTo(404);
      assertThat(server.get("bob", one).status()).isEqualTo(404);
      assertThat(server.send("bob", "DELETE", one, "").status()).isEqualTo(404);
      assertThat(server.post("bob", CLIENTS, client("x")).status()).isEqualTo(404);
    }

    @Test
    void is_for_the_projects_that_it_is_given() {
      Answer client = create("shared");
      String projects = "/oauth-clients/" + client.id() + "/relationships/projects";
      String mine = server.project("of mine");
      String body = "{\"data\":[{\"type\":\"projects\",\"id\":\"" + mine + "\"}]}";

      assertThat(server.post("alice", projects, body).status()).isEqualTo(204);
      Answer attached = server.get("alice", "/oauth-clients/" + client.id());
      assertThat(server.send("alice", "DELETE", projects, body).status()).isEqualTo(204);
      Answer detached = server.get("alice", "/oauth-clients/" + client.id());

      assertThat(attached.data().at("/relationships/projects/data/0/id").asText()).isEqualTo(mine);
      assertThat(detached.data().at("/relationships/projects/data")).isEmpty();
      assertThat(server.post("alice", projects, body.replace(mine, "prj-none")).status())
          .isEqualTo(422);
    }
  }

  @Nested
  class A_token {
    @Test
    void has_an_ssh_key_that_it_never_shows() {
      Answer client = create("keyed");
      String one =
          "/oauth-tokens/" + client.data().at("/relationships/oauth-tokens/data/0/id").asText();

      Answer before = server.get("alice", one);
      Answer after =
          server.send(
              "alice", "PATCH", one, document("oauth-tokens", "{\"ssh-key\":\"" + PEM + "\"}"));
      Answer listed = server.get("alice", "/oauth-clients/" + client.id() + "/oauth-tokens");

      assertThat(before.attribute("has-ssh-key").asBoolean()).isFalse();
      assertThat(after.attribute("has-ssh-key").asBoolean()).isTrue();
      assertThat(after.text()).doesNotContain("PRIVATE KEY");
      assertThat(listed.json().path("data")).containsExactly(after.data());
      assertThat(server.get("alice", "/organizations/acme/oauth-tokens").ids())
          .contains(after.id());
      assertThat(server.get("bob", one).status()).isEqualTo(404);
    }

    @Test
    void is_deleted() {
      String one =
          "/oauth-tokens/"
              + create("spent").data().at("/relationships/oauth-tokens/data/0/id").asText();

      assertThat(server.send("alice", "DELETE", one, "").status()).isEqualTo(204);
      assertThat(server.get("alice", one).status()).isEqualTo(404);
    }
  }
}
