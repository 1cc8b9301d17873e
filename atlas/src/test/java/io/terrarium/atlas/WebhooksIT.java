package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import java.net.URI;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// A repository on a plain Git server, whose hook calls the webhook.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebhooksIT {
  private static final Secret SECRET = new Secret("signs webhooks");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  private final String token = connect("acme", "alice");

  private String connect(String organization, String owner) {
    return server
        .post(
            owner,
            "/organizations/" + organization + "/oauth-clients",
            document(
                "oauth-clients",
                """
                {"service-provider":"git","http-url":"https://git.example.com",
                 "secret":"signs webhooks"}\
                """))
        .data()
        .at("/relationships/oauth-tokens/data/0/id")
        .asText();
  }

  private Answer follow(String workspace, String more) {
    return server.post(
        "alice",
        "/organizations/acme/workspaces",
        document(
            "workspaces",
            "{\"name\":\"%s\",\"vcs-repo\":{\"identifier\":\"lab/%s.git\",\"oauth-token-id\":\"%s\"%s}}"
                .formatted(workspace, workspace, token, more)));
  }

  private static String webhook(Answer workspace) {
    return URI.create(workspace.attribute("vcs-repo").path("webhook-url").asText()).getPath();
  }

  private static String push(String after) {
    return "{\"ref\":\"refs/heads/main\",\"before\":\"%s\",\"after\":\"%s\"}"
        .formatted("0".repeat(40), after.repeat(40));
  }

  private Answer call(String webhook, String body, Secret secret) {
    String signature = HexFormat.of().formatHex(Mac.sha256(secret).sign(body));
    return atlas
        .nobody()
        .send("POST", webhook, body, Map.of("X-Hub-Signature-256", "sha256=" + signature));
  }

  private long jobs(String className) {
    return atlas
        .database()
        .read(db ->
            db.createQuery("SELECT count(*) FROM outbox WHERE class = :class")
                .bind("class", className)
                .mapTo(Long.class)
                .one());
  }

  @Nested
  class A_workspace {
    @Test
    void shows_what_it_follows_and_fetches_it_at_once() {
      Answer created = follow("shown", ",\"branch\":\"release\",\"ingress-submodules\":true");

      assertThat(created.status()).as(created.text()).isEqualTo(201);
      assertThat(created.attribute("vcs-repo-identifier").asText()).isEqualTo("lab/shown.git");
      assertThat(created.attribute("vcs-repo").path("branch").asText()).isEqualTo("release");
      assertThat(created.attribute("vcs-repo").path("repository-http-url").asText())
          .isEqualTo("https://git.example.com/lab/shown.git");
      Answer configurations =
          server.get("alice", "/workspaces/" + created.id() + "/configuration-versions");
      assertThat(configurations.data().at("/0/attributes/status").asText()).isEqualTo("fetching");
      assertThat(configurations.data().at("/0/attributes/source").asText()).isEqualTo("git");
      String configuration = configurations.ids().getFirst();
      Answer ingress =
          server.get("alice", "/configuration-versions/" + configuration + "/ingress-attributes");
      Golden.assertSame("ingress-attributes.json", ingress.json());
      assertThat(
              server
                  .get(
                      "alice",
                      "/configuration-versions/" + configuration + "?include=ingress_attributes")
                  .json()
                  .at("/included/0/id")
                  .asText())
          .isEqualTo(ingress.id());
    }

    @Test
    void follows_another_branch_or_nothing() {
      String one = "/workspaces/" + follow("changing", "").id();

      Answer branched =
          server.send(
              "alice",
              "PATCH",
              one,
              document("workspaces", "{\"vcs-repo\":{\"branch\":\"next\"}}"));
      Answer untouched =
          server.send("alice", "PATCH", one, document("workspaces", "{\"auto-apply\":true}"));
      Answer freed =
          server.send("alice", "PATCH", one, document("workspaces", "{\"vcs-repo\":null}"));

      assertThat(branched.attribute("vcs-repo").path("branch").asText()).isEqualTo("next");
      assertThat(branched.attribute("vcs-repo").path("identifier").asText())
          .isEqualTo("lab/changing.git");
      assertThat(untouched.attribute("vcs-repo")).isEqualTo(branched.attribute("vcs-repo"));
      assertThat(freed.attribute("vcs-repo").isNull()).isTrue();
      assertThat(server.get("alice", one + "/configuration-versions").ids()).hasSize(2);
    }

    @Test
    void is_refused_with_what_is_wrong_with_its_repository() {
      String foreign = connect("beta", "bob");

      assertThat(follow("a", ",\"branch\":\"no..where\"").pointers())
          .containsExactly("/data/attributes/vcs-repo/branch");
      assertThat(follow("b", ",\"tags-regex\":\"(\"").pointers())
          .containsExactly("/data/attributes/vcs-repo/tags-regex");
      assertThat(follow("c", ",\"identifier\":\"../etc\"").pointers())
          .containsExactly("/data/attributes/vcs-repo/identifier");
      assertThat(follow("d", ",\"oauth-token-id\":\"" + foreign + "\"").pointers())
          .containsExactly("/data/attributes/vcs-repo/oauth-token-id");
      assertThat(follow("e", ",\"github-app-installation-id\":\"ghain-1\"").pointers())
          .containsExactly("/data/attributes/vcs-repo/github-app-installation-id");
    }

    @Test
    void may_use_a_connection_of_its_project_alone() {
      String mine = server.project("connected");
      Answer client =
          server.post(
              "alice",
              "/organizations/acme/oauth-clients",
              """
              {"data":{"type":"oauth-clients","attributes":{"service-provider":"git",
                "http-url":"https://git.example.com","organization-scoped":false},
               "relationships":{"projects":{"data":[{"type":"projects","id":"%s"}]}}}}\
              """
                  .formatted(mine));
      String ofMine = client.data().at("/relationships/oauth-tokens/data/0/id").asText();
      String attributes =
          "\"attributes\":{\"name\":\"%s\",\"vcs-repo\":{\"identifier\":\"a/b\",\"oauth-token-id\":\""
              + ofMine
              + "\"}}";

      Answer outside =
          server.post(
              "alice",
              "/organizations/acme/workspaces",
              "{\"data\":{\"type\":\"workspaces\"," + attributes.formatted("outside") + "}}");
      Answer inside =
          server.post(
              "alice",
              "/organizations/acme/workspaces",
              ("{\"data\":{\"type\":\"workspaces\","
                      + attributes.formatted("inside")
                      + ",\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"%s\"}}}}}")
                  .formatted(mine));

      assertThat(outside.pointers()).containsExactly("/data/attributes/vcs-repo/oauth-token-id");
      assertThat(inside.status()).as(inside.text()).isEqualTo(201);
    }
  }

  @Nested
  class A_webhook {
    @Test
    void takes_a_push_once_and_leaves_a_job() {
      String webhook = webhook(follow("pushed", ""));
      long before = jobs("Webhooks::Process");

      Answer first = call(webhook, push("a"), SECRET);
      Answer again = call(webhook, push("a"), SECRET);

      assertThat(first.status()).as(first.text()).isEqualTo(202);
      assertThat(again.status()).isEqualTo(200);
      assertThat(again.json().path("status").asText()).isEqualTo("repeated");
      assertThat(jobs("Webhooks::Process")).isEqualTo(before + 1);
    }

    @Test
    void refuses_whoever_does_not_know_its_secret() {
      String webhook = webhook(follow("guarded", ""));

      assertThat(call(webhook, push("a"), new Secret("a guess")).status()).isEqualTo(401);
      assertThat(atlas.nobody().send("POST", webhook, push("a"), Map.of()).status()).isEqualTo(401);
      assertThat(call("/webhooks/vcs/none", push("a"), SECRET).status()).isEqualTo(404);
      assertThat(atlas.nobody().get(webhook).status()).isIn(404, 405);
    }

    @Test
    void is_told_to_be_refused_until_its_host_signs_well_again() {
      String webhook = webhook(follow("warned", ""));
      try (Browser alice = Browser.signedIn(atlas, "alice")) {
        String page = "/app/acme/workspaces/warned/settings/version-control";

        call(webhook, push("a"), new Secret("a guess"));
        String warned = alice.open(page).text();
        call(webhook, push("a"), SECRET);

        assertThat(warned)
            .contains("A call of its webhook was refused", "the secret of the connection");
        assertThat(alice.open(page).text()).doesNotContain("was refused");
      }
    }

    @Test
    void says_what_is_wrong_with_a_body() {
      String webhook = webhook(follow("garbled", ""));

      assertThat(call(webhook, "no json", SECRET).status()).isEqualTo(400);
      assertThat(call(webhook, "{\"ref\":\"refs/heads/main\"}", SECRET).status()).isEqualTo(400);
      assertThat(
              call(webhook, push("a").replace("refs/heads/main", "refs/notes/x"), SECRET)
                  .json()
                  .path("status")
                  .asText())
          .isEqualTo("ignored");
    }
  }
}
