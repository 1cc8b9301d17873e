package io.terrarium.atlas;

import static io.terrarium.atlas.OauthConnections.GITLAB;
import static io.terrarium.atlas.OauthConnections.connectPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// A connection that people let in by the page of its host.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OauthWebLoginIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private OauthConnections connections = new OauthConnections(atlas, server);

  @BeforeEach
  void startHost() {
    connections.close();
    connections = new OauthConnections(atlas, server);
  }

  @AfterEach
  void stopHost() {
    connections.close();
  }

  @Nested
  class A_connection_without_a_token {
    @Test
    void shows_who_may_change_it_where_to_go() {
      Answer created = connections.create(GITLAB);
      server.team("administrators", "");
      server.allow(
          server.team("admins of one", ""), server.workspace("one"), "{\"access\":\"admin\"}");

      Answer toOwner = connections.shown(created);
      Answer toAdmin = server.get("admins of one", "/oauth-clients/" + created.id());

      String uuid = created.attribute("uuid").asText();
      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(connections.tokens(created)).isEmpty();
      assertThat(connectPath(toOwner)).matches("/auth/" + uuid + "\\?grant=\\d{10}\\.[0-9a-f]{64}");
      assertThat(toOwner.attribute("callback-url").asText())
          .isEqualTo("https://127.0.0.1:8443/auth/" + uuid + "/callback");
      assertThat(toAdmin.status()).isEqualTo(200);
      assertThat(toAdmin.attribute("connect-path").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {GITLAB, "github_enterprise", "gitea"})
    void is_connected_by_the_hosts_page(String provider) {
      Answer client = connections.create(provider);

      Answer page = connections.browser().connect(connectPath(client));

      Answer token = server.get("alice", "/oauth-tokens/" + connections.tokens(client).getFirst());
      assertThat(page.status()).as(page.text()).isEqualTo(200);
      assertThat(page.text())
          .contains("<h1>Connected</h1>")
          .contains("acme is connected to " + connections.host().url() + " as octavia.");
      assertThat(token.attribute("service-provider-user").asText()).isEqualTo("octavia");
      assertThat(connections.host().asked().stream().filter(one -> one.startsWith("POST")))
          .hasSize(1);
    }

    @Test
    void keeps_what_it_is_given_as_ciphertext_alone() {
      Answer client = connections.create(GITLAB);

      connections.browser().connect(connectPath(client));

      List<String> kept =
          atlas
              .database()
              .read(db ->
                  db.createQuery(
                          "SELECT unnest(array[value_ciphertext, refresh_ciphertext])"
                              + " FROM oauth_tokens WHERE external_id = :id")
                      .bind("id", connections.tokens(client).getFirst())
                      .mapTo(String.class)
                      .list());
      assertThat(kept).hasSize(2).allMatch(text -> text.startsWith("vault:v1:"));
    }

    @Test
    void tells_people_that_it_was_connected() {
      Answer client = connections.create(GITLAB);

      connections.browser().connect(connectPath(client));

      assertThat(server.get("alice", "/organizations/acme/vcs-events").listed("message"))
          .contains(
              "The connection to "
                  + connections.host().url()
                  + " was let in by the host's page, as octavia.");
    }

    @Test
    void keeps_its_token_when_it_is_connected_again() {
      Answer client = connections.create(GITLAB);
      connections.browser().connect(connectPath(client));
      List<String> before = connections.tokens(client);

      Answer page = connections.browser().connect(connectPath(connections.shown(client)));

      assertThat(page.status()).isEqualTo(200);
      assertThat(connections.tokens(client)).isEqualTo(before);
    }

    @Test
    void is_refused_where_the_hosts_page_is_not_known() {
      Answer server = connections.create("bitbucket_data_center");
      Answer plain = connections.create("git");

      assertThat(server.status()).isEqualTo(422);
      assertThat(server.pointers()).containsExactly("/data/attributes/oauth-token-string");
      assertThat(server.detail()).contains("make a token there");
      assertThat(plain.attribute("connect-path").isNull()).isTrue();
    }
  }
}
