package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A webhook stays at its host as long as somebody follows the repository, and no longer.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhookRemovalsIT {
  private static final AtomicInteger NAMES = new AtomicInteger();

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private OauthHost host;
  private Answer client;
  private String workspace;

  @BeforeEach
  void follow() {
    host = new OauthHost();
    follow("acme");
    atlas.workOnWebhooks();
    assertThat(host.hooks()).hasSize(1);
  }

  private void follow(String organization) {
    host.loseHooks();
    client =
        server.post(
            "alice",
            "/organizations/" + organization + "/oauth-clients",
            document(
                "oauth-clients",
                "{\"service-provider\":\"gitea\",\"http-url\":\"%s\",\"oauth-token-string\":\"%s\"}"
                    .formatted(host.url(), host.token())));
    workspace = workspace(organization, "lab/one").id();
  }

  @AfterEach
  void stop() {
    host.comeUp();
    atlas.workOnWebhooks();
    host.close();
  }

  private String token() {
    return client.data().at("/relationships/oauth-tokens/data/0/id").asText();
  }

  private String repo(String identifier) {
    return "{\"identifier\":\"%s\",\"oauth-token-id\":\"%s\"}".formatted(identifier, token());
  }

  private Answer workspace(String organization, String identifier) {
    return server.post(
        "alice",
        "/organizations/" + organization + "/workspaces",
        document(
            "workspaces",
            "{\"name\":\"w%d\",\"vcs-repo\":%s}"
                .formatted(NAMES.incrementAndGet(), repo(identifier))));
  }

  private void set(String repo) {
    Answer answer =
        server.send(
            "alice",
            "PATCH",
            "/workspaces/" + workspace,
            document("workspaces", "{\"vcs-repo\":" + repo + "}"));
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
  }

  private void delete(String path) {
    assertThat(server.send("alice", "DELETE", path, "").status()).isEqualTo(204);
  }

  private List<String> lines() {
    return server
        .get("alice", "/organizations/acme/vcs-events?page%5Bsize%5D=100")
        .listed("message");
  }

  @Nested
  class The_webhook_is_taken_away_when {
    @Test
    void the_last_workspace_follows_nothing_any_more() {
      set("null");

      assertThat(atlas.workOnWebhooks()).isEmpty();

      assertThat(host.hooks()).isEmpty();
      assertThat(lines().getFirst())
          .isEqualTo(
              "The webhook of lab/one is taken away, since nothing follows the repository any"
                  + " more.");
    }

    @Test
    void the_last_workspace_follows_another_repository() {
      String before = host.hooks().getFirst();

      set(repo("lab/two"));
      atlas.workOnWebhooks();

      assertThat(host.hooks()).hasSize(1).doesNotContain(before);
    }

    @Test
    void the_last_workspace_is_deleted() {
      delete("/workspaces/" + workspace);

      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
    }

    @Test
    void the_module_that_came_from_there_is_deleted() {
      set("null");
      Answer module =
          server.post(
              "alice",
              "/organizations/acme/registry-modules/vcs",
              document("registry-modules", "{\"vcs-repo\":%s}".formatted(module())));
      assertThat(module.status()).as(module.text()).isEqualTo(201);
      atlas.workOnWebhooks();
      assertThat(host.hooks()).hasSize(1);

      delete(
          "/organizations/acme/registry-modules/private/acme/" + module.attribute("name").asText());
      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
    }

    private String module() {
      return "{\"identifier\":\"lab/terraform-aws-m%d\",\"display-identifier\":\"m\",\"oauth-token-id\":\"%s\"}"
          .formatted(NAMES.incrementAndGet(), token());
    }

    @Test
    void its_token_is_deleted() {
      delete("/oauth-tokens/" + token());

      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
      assertThat(lines().getFirst())
          .isEqualTo("The webhook of lab/one is taken away, since its connection is gone.");
    }

    @Test
    void its_connection_is_deleted() {
      delete("/oauth-clients/" + client.id());

      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
    }

    @Test
    void its_organization_is_deleted() {
      String name = "brief" + NAMES.incrementAndGet();
      server.post(
          "alice",
          "/organizations",
          document("organizations", "{\"name\":\"%s\",\"email\":\"a@b.c\"}".formatted(name)));
      follow(name);
      atlas.workOnWebhooks();
      assertThat(host.hooks()).hasSize(1);

      delete("/organizations/" + name);
      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
    }

    @Test
    void its_follower_went_with_something_larger() {
      atlas
          .database()
          .useTransaction(
              db -> db.execute("DELETE FROM workspaces WHERE external_id = ?", workspace));

      atlas.sweepWebhooks();
      atlas.workOnWebhooks();

      assertThat(host.hooks()).isEmpty();
    }
  }

  @Nested
  class The_webhook_stays_when {
    @Test
    void another_workspace_follows_the_repository() {
      Answer other = workspace("acme", "lab/one");

      delete("/workspaces/" + workspace);
      atlas.workOnWebhooks();
      atlas.sweepWebhooks();
      atlas.workOnWebhooks();

      assertThat(host.hooks()).hasSize(1);
      delete("/workspaces/" + other.id());
    }

    @Test
    void somebody_follows_again_before_the_host_was_told() {
      set("null");
      host.goDown();
      assertThat(atlas.workOnWebhooks()).hasSize(1);
      host.comeUp();

      set(repo("lab/one"));
      atlas.workOnWebhooks();

      assertThat(host.hooks()).hasSize(1);
    }

    @Test
    void somebody_follows_again_after_it_was_taken_away() {
      set("null");
      atlas.workOnWebhooks();

      set(repo("lab/one"));
      atlas.workOnWebhooks();

      assertThat(host.hooks()).hasSize(1);
    }
  }

  @Nested
  class A_removal {
    @Test
    void is_tried_again_where_the_host_is_away() {
      set("null");
      host.goDown();
      List<String> failed = atlas.workOnWebhooks();
      host.comeUp();

      assertThat(failed).containsExactly("The host answers 503.");
      assertThat(atlas.workOnWebhooks()).isEmpty();
      assertThat(host.hooks()).isEmpty();
    }

    @Test
    void is_well_where_the_webhook_is_gone_already() {
      host.loseHooks();
      set("null");

      assertThat(atlas.workOnWebhooks()).isEmpty();

      assertThat(lines().getFirst()).isEqualTo("The webhook of lab/one is in place.");
    }

    @Test
    void is_told_of_where_the_host_refuses() {
      host.endTokens();
      set("null");

      assertThat(atlas.workOnWebhooks()).isEmpty();

      assertThat(lines().getFirst())
          .isEqualTo(
              "The webhook of lab/one could not be taken away: The host answers 401: The token has"
                  + " expired.");
    }

    @Test
    void is_told_of_where_it_is_given_up() {
      delete("/oauth-clients/" + client.id());

      atlas.giveUpOnWebhooks("The host answers 503.");

      assertThat(atlas.workOnWebhooks()).isEmpty();
      assertThat(lines().getFirst())
          .isEqualTo("The webhook of lab/one could not be taken away: The host answers 503.");
    }

    @Test
    void leaves_no_token_behind() {
      delete("/oauth-clients/" + client.id());

      atlas.workOnWebhooks();

      long kept =
          atlas
              .database()
              .read(db ->
                  db.createQuery("SELECT count(*) FROM abandoned_webhooks")
                      .mapTo(Long.class)
                      .one());
      assertThat(kept).isZero();
    }
  }
}
