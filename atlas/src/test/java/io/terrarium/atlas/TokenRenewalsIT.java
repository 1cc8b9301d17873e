package io.terrarium.atlas;

import static io.terrarium.atlas.OauthConnections.GITLAB;
import static io.terrarium.atlas.OauthConnections.connectPath;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tokens of hosts whose tokens end.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TokenRenewalsIT {
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
  class A_token_that_ends {
    private Answer client;
    private String repositories;

    @BeforeEach
    void connect() {
      client = connections.create(GITLAB);
      connections.browser().connect(connectPath(client));
      repositories = "/oauth-tokens/" + connections.tokens(client).getFirst() + "/authorized-repos";
    }

    @Test
    void is_used_as_it_is_until_then() {
      atlas.clock().advance(Duration.ofMinutes(118));

      Answer answer = server.get("alice", repositories);

      assertThat(answer.ids()).containsExactly("lab/one", "else/two");
      assertThat(connections.host().refreshes()).isZero();
    }

    @Test
    void is_made_new_once_however_many_use_it() throws Exception {
      atlas.clock().advance(Duration.ofMinutes(119));
      connections.host().endTokens();

      List<Integer> statuses = new ArrayList<>();
      try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<Integer>> answers =
            Stream.generate(() -> threads.submit(() -> server.get("alice", repositories).status()))
                .limit(6)
                .toList();
        for (Future<Integer> answer : answers) {
          statuses.add(answer.get());
        }
      }

      assertThat(statuses).containsOnly(200);
      assertThat(connections.host().refreshes()).isEqualTo(1);
    }

    @Test
    void is_made_new_again_by_what_came_with_the_last_one() {
      for (int i = 0; i < 3; i++) {
        atlas.clock().advance(Duration.ofHours(2));
        assertThat(server.get("alice", repositories).status()).isEqualTo(200);
      }

      assertThat(connections.host().refreshes()).isEqualTo(3);
    }

    @Test
    void is_told_of_once_where_the_host_makes_no_new_one() {
      atlas.clock().advance(Duration.ofHours(2));
      connections.host().endTokens();
      connections.host().endRefreshTokens();

      Answer first = server.get("alice", repositories);
      Answer second = server.get("alice", repositories);

      assertThat(first.status()).isEqualTo(422);
      assertThat(first.detail()).contains("The token has expired.");
      assertThat(second.status()).isEqualTo(422);
      assertThat(connections.host().refreshes()).isEqualTo(1);
      assertThat(told()).hasSize(1);
    }

    private List<String> told() {
      return server
          .get(
              "alice",
              "/organizations/acme/vcs-events?"
                  + Tenants.query("filter[levels]", "error")
                  + "&"
                  + Tenants.query("filter[oauth_client_external_ids]", client.id()))
          .listed("message")
          .stream()
          .filter(line -> line.contains("The grant is invalid or was used."))
          .toList();
    }

    @Test
    void is_asked_for_again_where_the_host_was_away() {
      atlas.clock().advance(Duration.ofHours(2));
      connections.host().endTokens();
      connections.host().goDown();
      Answer away = server.get("alice", repositories);
      connections.host().comeUp();
      Answer soon = server.get("alice", repositories);
      atlas.clock().advance(Duration.ofSeconds(30));

      Answer later = server.get("alice", repositories);

      assertThat(away.status()).isEqualTo(503);
      assertThat(soon.status()).isEqualTo(503);
      assertThat(later.status()).isEqualTo(200);
    }

    @Test
    void is_good_again_once_somebody_has_connected_anew() {
      atlas.clock().advance(Duration.ofHours(2));
      connections.host().endTokens();
      connections.host().endRefreshTokens();
      server.get("alice", repositories);

      connections.browser().connect(connectPath(connections.shown(client)));

      assertThat(server.get("alice", repositories).status()).isEqualTo(200);
    }
  }
}
