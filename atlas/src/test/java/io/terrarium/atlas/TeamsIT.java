package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamsIT {
  private static final String ALL = "/organizations/acme/teams";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private Answer create(String caller, String attributes) {
    return server.post(caller, ALL, document("teams", attributes));
  }

  private Answer update(String caller, String team, String attributes) {
    return server.send(caller, "PATCH", "/teams/" + team, document("teams", attributes));
  }

  private static String members(String type, String... ids) {
    return "{\"data\":["
        + String.join(
            ",",
            List.of(ids).stream()
                .map(id -> "{\"type\":\"" + type + "\",\"id\":\"" + id + "\"}")
                .toList())
        + "]}";
  }

  @Nested
  class A_team {
    @Test
    void is_the_same_when_created_read_and_listed() {
      Answer created =
          create(
              "alice",
              "{\"name\":\"platform\",\"description\":\"keeps it up\","
                  + "\"visibility\":\"organization\",\"sso-team-id\":\"s-1\","
                  + "\"organization-access\":{\"manage-workspaces\":true}}");

      assertThat(created.status()).as(created.text()).isEqualTo(200);
      Golden.assertSame("team.json", created.json());
      Answer listed = server.get("alice", ALL + "?" + query("filter[names]", "platform"));
      assertThat(listed.json().at("/data/0")).isEqualTo(created.data());
      assertThat(listed.json().at("/meta/pagination/total-count").asInt()).isEqualTo(1);
      assertThat(server.get("alice", "/teams/" + created.id()).json()).isEqualTo(created.json());
      assertThat(server.get("alice", ALL + "?q=latfor").ids()).containsExactly(created.id());
    }

    @Test
    void changes_only_what_is_said() {
      String team =
          create(
                  "alice",
                  "{\"name\":\"changing\",\"description\":\"d\","
                      + "\"organization-access\":{\"read-workspaces\":true}}")
              .id();

      Answer changed =
          update(
              "alice",
              team,
              "{\"description\":null,\"organization-access\":{\"manage-teams\":true}}");

      assertThat(changed.attribute("name").asText()).isEqualTo("changing");
      assertThat(changed.attribute("description").isNull()).isTrue();
      JsonNode access = changed.attribute("organization-access");
      assertThat(access.path("read-workspaces").asBoolean()).isTrue();
      assertThat(access.path("manage-teams").asBoolean()).isTrue();
      assertThat(access.path("manage-projects").asBoolean()).isFalse();
    }

    @Test
    void is_refused_with_all_that_is_wrong() {
      create("alice", "{\"name\":\"taken\"}");

      assertThat(create("alice", "{\"name\":\"taken\"}").pointer())
          .isEqualTo("/data/attributes/name");
      assertThat(create("alice", "{\"name\":\"no (brackets)\",\"visibility\":\"open\"}").pointers())
          .containsExactly("/data/attributes/name", "/data/attributes/visibility");
      assertThat(
              create("alice", "{\"name\":\"x\",\"organization-access\":{\"manage-teams\":1}}")
                  .pointer())
          .isEqualTo("/data/attributes/organization-access/manage-teams");
      assertThat(create("alice", "{\"name\":\"two words\"}").status()).isEqualTo(200);
      assertThat(create("alice", "{\"name\":\"x\",\"organization-access\":[]}").pointer())
          .isEqualTo("/data/attributes/organization-access");
    }

    @Test
    void is_gone_with_its_token_once_it_is_deleted() {
      String team = server.team("leaving", "");

      assertThat(server.get("leaving", "/organizations/acme").status()).isEqualTo(200);
      assertThat(server.send("alice", "DELETE", "/teams/" + team, "").status()).isEqualTo(204);
      assertThat(server.get("alice", "/teams/" + team).status()).isEqualTo(404);
      assertThat(server.get("leaving", "/organizations/acme").status()).isEqualTo(401);
    }

    @Test
    void is_secret_to_members_who_are_not_in_it() {
      server.person("dora");
      String secret = server.team("secret", "");
      String open = server.team("open", ",\"visibility\":\"organization\"");
      server.join("dora", open);

      assertThat(server.get("dora", "/teams/" + secret).status()).isEqualTo(404);
      assertThat(server.get("dora", ALL + "?q=secret").ids()).isEmpty();
      assertThat(server.get("dora", "/teams/" + open).status()).isEqualTo(200);
      server.join("dora", secret);
      assertThat(server.get("dora", ALL + "?q=secret").ids()).containsExactly(secret);
      assertThat(server.get("bob", "/teams/" + open).status()).isEqualTo(404);
    }
  }

  @Nested
  class The_owners {
    @Test
    void keep_their_name_and_stay() {
      String owners = server.owners();

      assertThat(update("alice", owners, "{\"name\":\"others\"}").pointer())
          .isEqualTo("/data/attributes/name");
      assertThat(server.send("alice", "DELETE", "/teams/" + owners, "").status()).isEqualTo(403);
      assertThat(
              server
                  .post(
                      "alice",
                      "/team-workspaces",
                      Tenants.access(
                          "team-workspaces",
                          "{\"access\":\"read\"}",
                          owners,
                          server.workspace("of-owners")))
                  .pointer())
          .isEqualTo("/data/relationships/team");
    }

    @Test
    void are_never_nobody() {
      String path = "/teams/" + server.owners() + "/relationships/users";

      Answer refused = server.send("alice", "DELETE", path, members("users", "alice", "anna"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.detail()).contains("needs an owner");
      assertThat(
              server
                  .get("alice", "/teams/" + server.owners())
                  .data()
                  .at("/relationships/users/data"))
          .hasSize(2);
    }

    @Test
    void are_not_changed_by_who_manages_teams() {
      server.person("mia");
      String managers = server.team("managers", ",\"organization-access\":{\"manage-teams\":true}");
      server.join("mia", managers);
      String path = "/teams/" + server.owners() + "/relationships/users";

      assertThat(server.post("mia", path, members("users", "mia")).status()).isEqualTo(404);
      assertThat(server.post("managers", path, members("users", "mia")).status()).isEqualTo(404);
      Answer made = create("mia", "{\"name\":\"of-mia\"}");
      assertThat(made.status()).as(made.text()).isEqualTo(200);
      Answer greedy =
          update("mia", made.id(), "{\"organization-access\":{\"read-projects\":true}}");
      assertThat(greedy.pointer()).isEqualTo("/data/attributes/organization-access");
      assertThat(server.get("mia", "/organizations/acme/workspaces").ids()).isEmpty();
    }
  }

  @Nested
  class Members {
    @Test
    void come_and_go_by_name_and_by_membership() {
      server.person("emil");
      String team = create("alice", "{\"name\":\"crew\"}").id();
      String users = "/teams/" + team + "/relationships/users";
      String memberships = "/teams/" + team + "/relationships/organization-memberships";

      assertThat(server.post("alice", users, members("users", "emil", server.id("anna"))).status())
          .isEqualTo(204);
      Answer listed = server.get("alice", memberships);
      assertThat(listed.listed("email")).containsExactly("anna@example.com", "emil@example.com");
      Answer full = server.get("alice", "/teams/" + team + "?include=users");
      assertThat(full.attribute("users-count").asInt()).isEqualTo(2);
      assertThat(full.json().path("included"))
          .extracting(user -> user.at("/attributes/username").asText())
          .containsExactlyInAnyOrder("anna", "emil");

      String emil = listed.ids().getLast();
      assertThat(
              server
                  .send("alice", "DELETE", memberships, members("organization-memberships", emil))
                  .status())
          .isEqualTo(204);
      assertThat(server.send("alice", "DELETE", users, members("users", "anna")).status())
          .isEqualTo(204);
      assertThat(server.get("alice", memberships).ids()).isEmpty();
    }

    @Test
    void are_refused_together_where_one_is_not_there() {
      String team = create("alice", "{\"name\":\"strict\"}").id();
      String users = "/teams/" + team + "/relationships/users";

      Answer unknown = server.post("alice", users, members("users", "anna", "nobody"));
      Answer odd = server.post("alice", users, members("robots", "anna"));

      assertThat(unknown.status()).isEqualTo(404);
      assertThat(unknown.detail()).contains("nobody");
      assertThat(odd.pointer()).isEqualTo("/data/0/type");
      assertThat(server.get("alice", "/teams/" + team).attribute("users-count").asInt()).isZero();
    }
  }

  @Nested
  class Tokens {
    @Test
    void of_a_team_are_one_without_and_any_number_with_a_description() {
      String team = server.team("tokens", "");
      String one = "/teams/" + team + "/authentication-token";
      String all = one + "s";

      Answer described =
          server.post(
              "alice", all, document("authentication-tokens", "{\"description\":\"of CI\"}"));
      Answer twice =
          server.post(
              "alice", all, document("authentication-tokens", "{\"description\":\"of CI\"}"));
      Answer replaced = server.post("alice", one, "");

      assertThat(described.status()).as(described.text()).isEqualTo(201);
      Golden.assertSame(
          "team-token.json",
          server.get("alice", "/authentication-tokens/" + described.id()).json());
      assertThat(twice.pointer()).isEqualTo("/data/attributes/description");
      assertThat(server.get("tokens", "/organizations/acme").status()).isEqualTo(401);
      assertThat(server.get("alice", all).ids())
          .containsExactlyInAnyOrder(described.id(), replaced.id());
      assertThat(server.get("alice", "/organizations/acme/team-tokens?q=of+CI").ids())
          .containsExactly(described.id());
      Answer gone =
          server.send(
              "alice",
              "DELETE",
              "/organizations/acme/team-tokens",
              members("authentication-tokens", described.id(), replaced.id()));
      assertThat(gone.status()).isEqualTo(204);
      assertThat(server.get("alice", all).ids()).isEmpty();
    }

    @Test
    void say_whose_they_are() {
      String team = server.team("login", "");

      Answer self = server.get("login", "/account/details");

      assertThat(self.attribute("username").asText()).isEqualTo("api-login");
      assertThat(self.attribute("is-service-account").asBoolean()).isTrue();
      assertThat(self.related("authenticated-resource")).isEqualTo(team);
    }

    @Test
    void are_managed_by_members_only_where_that_is_allowed() {
      server.person("fred");
      String team = server.team("selfish", ",\"allow-member-token-management\":false");
      server.join("fred", team);
      String one = "/teams/" + team + "/authentication-token";

      assertThat(server.get("fred", one).status()).isEqualTo(404);
      update("alice", team, "{\"allow-member-token-management\":true}");
      assertThat(server.get("fred", one).status()).isEqualTo(200);
      assertThat(server.get("bob", one).status()).isEqualTo(404);
    }
  }
}
