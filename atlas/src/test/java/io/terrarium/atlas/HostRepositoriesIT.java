package io.terrarium.atlas;

import static io.terrarium.atlas.OauthConnections.CLIENTS;
import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The repositories that a connection sees.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostRepositoriesIT {
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
  class The_repositories_of_a_token {
    private String token() {
      Answer client =
          server.post(
              "alice",
              CLIENTS,
              document(
                  "oauth-clients",
                  """
                  {"service-provider":"gitea","http-url":"%s","oauth-token-string":"%s"}\
                  """
                      .formatted(connections.host().url(), connections.host().token())));
      return connections.tokens(client).getFirst();
    }

    @Test
    void are_listed_by_the_hosts_pages() {
      String token = token();

      Answer answer = server.get("alice", "/oauth-tokens/" + token + "/authorized-repos");

      assertThat(answer.status()).as(answer.text()).isEqualTo(200);
      assertThat(answer.json().at("/data/0/type").asText()).isEqualTo("authorized-repos");
      assertThat(answer.json().at("/data/0/attributes/name").asText()).isEqualTo("lab/one");
      assertThat(answer.json().at("/data/0/relationships/oauth-token/data/id").asText())
          .isEqualTo(token);
      assertThat(answer.json().at("/meta/next-page").isNull()).isTrue();
    }

    @Test
    void are_those_of_one_owner_where_one_is_named() {
      String token = token();

      Answer answer =
          server.get("alice", "/oauth-tokens/" + token + "/authorized-repos?organization=else");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.ids()).isEmpty();
    }

    @Test
    void are_there_or_not() {
      String query = "/organizations/acme/vcs/repo?oauth_token_id=" + token() + "&identifier=";

      Answer there = server.get("alice", query + "a%2Fb");
      Answer nowhere = server.get("alice", query + "a%2Fc");

      assertThat(there.attribute("exists").asBoolean()).isTrue();
      assertThat(nowhere.attribute("exists").asBoolean()).isFalse();
      assertThat(nowhere.status()).isEqualTo(200);
      assertThat(server.get("bob", query + "a%2Fb").status()).isEqualTo(404);
      assertThat(server.get("bob", query.replace("acme", "beta") + "a%2Fb").status())
          .isEqualTo(404);
    }

    @Test
    void are_not_told_before_the_connection_is_let_in() {
      Answer plain =
          server.post(
              "alice",
              CLIENTS,
              document(
                  "oauth-clients",
                  "{\"service-provider\":\"git\",\"http-url\":\"https://git.example.com\"}"));

      Answer answer =
          server.get(
              "alice",
              "/oauth-tokens/" + connections.tokens(plain).getFirst() + "/authorized-repos");

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.detail()).contains("no API");
    }
  }
}
