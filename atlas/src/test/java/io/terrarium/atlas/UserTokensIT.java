package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UserTokensIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);

  /// The owners' team has a token, which is called by its name.
  @BeforeAll
  void ownersHaveToken() {
    server.call(
        "owners",
        server
            .post("alice", "/teams/" + server.owners() + "/authentication-token", "")
            .attribute("token")
            .asText());
  }

  @AfterEach
  void switchOn() {
    assertThat(switched("owners", true).status()).isEqualTo(200);
  }

  private Answer switched(String caller, boolean on) {
    return server.send(
        caller,
        "PATCH",
        "/organizations/acme",
        document("organizations", "{\"user-tokens-enabled\":" + on + "}"));
  }

  private int status(String caller, String path) {
    return server.get(caller, path).status();
  }

  @Nested
  class An_organization {
    @Test
    void takes_the_tokens_of_persons_at_first() {
      assertThat(server.get("alice", "/organizations/acme").attribute("user-tokens-enabled"))
          .hasToString("true");
    }

    @Test
    void shuts_out_those_of_all_persons_once_they_are_switched_off() {
      String workspace = server.workspace("without-persons");

      Answer off = switched("alice", false);

      assertThat(off.status()).as(off.text()).isEqualTo(200);
      assertThat(off.attribute("user-tokens-enabled").asBoolean()).isFalse();
      for (String person : new String[] {"alice", "anna"}) {
        assertThat(status(person, "/organizations/acme")).isEqualTo(401);
        assertThat(status(person, "/organizations/acme/workspaces/without-persons")).isEqualTo(401);
        assertThat(status(person, "/workspaces/" + workspace)).isEqualTo(404);
        assertThat(server.get(person, "/organizations").ids()).doesNotContain("acme");
        assertThat(status(person, "/account/details")).isEqualTo(200);
      }
      assertThat(switched("alice", true).status()).isEqualTo(401);
      assertThat(status("bob", "/organizations/acme")).isEqualTo(404);
      assertThat(status("bob", "/organizations/beta")).isEqualTo(200);
    }

    @Test
    void takes_the_tokens_of_teams_and_its_own_all_the_same() {
      String workspace = server.workspace("for-machines");
      switched("owners", false);

      assertThat(status("acme", "/organizations/acme")).isEqualTo(200);
      assertThat(status("owners", "/workspaces/" + workspace)).isEqualTo(200);
      assertThat(switched("owners", true).status()).isEqualTo(200);
      assertThat(status("anna", "/workspaces/" + workspace)).isEqualTo(200);
    }

    @Test
    void may_be_made_without_them() {
      Answer made =
          server.post(
              "anna",
              "/organizations",
              document(
                  "organizations",
                  "{\"name\":\"closed\",\"email\":\"ops@example.com\","
                      + "\"user-tokens-enabled\":false}"));

      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(status("anna", "/organizations/closed")).isEqualTo(401);
    }

    @Test
    void is_changed_so_by_its_owners_alone() {
      assertThat(switched("acme", false).status()).isEqualTo(403);
      assertThat(switched("bob", false).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_token_that_may_be_an_hour_old {
    @AfterEach
    void forget() {
      atlas.database().useTransaction(db -> db.execute("DELETE FROM token_ttl_policies"));
    }

    private void limitToAnHour(String caller, String organization) {
      Answer limited =
          server.send(
              caller,
              "PATCH",
              "/organizations/" + organization + "/token-ttl-policies",
              document(
                  "organization-token-ttl-policies",
                  "{\"token-ttl-policies\":"
                      + "[{\"token-type\":\"user\",\"max-ttl-ms\":3600000}]}"));
      assertThat(limited.status()).as(limited.text()).isEqualTo(200);
    }

    @Test
    void is_shut_out_of_that_organization_alone() {
      server.post(
          "anna",
          "/organizations",
          document("organizations", "{\"name\":\"own\",\"email\":\"ops@example.com\"}"));
      String workspace = server.workspace("network");
      String owners = server.owners();
      List<String> closed =
          List.of(
              "/organizations/acme",
              "/organizations/acme/workspaces",
              "/organizations/acme/workspaces/network");
      List<String> hidden =
          List.of("/workspaces/" + workspace, "/teams/" + owners, "/users/" + server.id("alice"));
      limitToAnHour("owners", "acme");

      atlas.clock().advance(Duration.ofHours(1));

      for (String path : closed) {
        assertThat(server.get("anna", path).status()).as(path).isEqualTo(401);
      }
      for (String path : hidden) {
        assertThat(server.get("anna", path).status()).as(path).isEqualTo(404);
      }
      assertThat(server.get("anna", "/organizations").ids()).containsExactly("own");
      assertThat(server.get("anna", "/organization-memberships").ids()).hasSize(1);
      assertThat(server.get("anna", "/organizations/own").status()).isEqualTo(200);
      String fresh =
          server
              .post("anna", "/users/" + server.id("anna") + "/authentication-tokens", "")
              .attribute("token")
              .asText();
      server.call("fresh", fresh);
      for (String path : Stream.concat(closed.stream(), hidden.stream()).toList()) {
        assertThat(status("fresh", path)).as(path).isEqualTo(200);
      }
    }

    @Test
    void is_not_limited_as_one_of_the_organization_with_the_same_key() {
      atlas
          .database()
          .useTransaction(db -> {
            db.execute("SELECT setval(pg_get_serial_sequence('users', 'id'), 1000)");
            db.execute("SELECT setval(pg_get_serial_sequence('organizations', 'id'), 1000)");
          });
      server.person("zoe");
      server.post(
          "zoe",
          "/organizations",
          document("organizations", "{\"name\":\"even\",\"email\":\"ops@example.com\"}"));
      assertThat(key("SELECT id FROM organizations WHERE name = 'even'"))
          .isEqualTo(key("SELECT id FROM users WHERE username = 'zoe'"));
      limitToAnHour("zoe", "even");

      Answer endless =
          server.post("zoe", "/users/" + server.id("zoe") + "/authentication-tokens", "");

      assertThat(endless.status()).as(endless.text()).isEqualTo(201);
      assertThat(endless.attribute("expired-at").isNull()).isTrue();
    }

    private long key(String query) {
      return atlas.database().read(db -> db.createQuery(query).mapTo(Long.class).one());
    }
  }
}
