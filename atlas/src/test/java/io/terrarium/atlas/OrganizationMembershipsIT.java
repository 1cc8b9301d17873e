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
class OrganizationMembershipsIT {
  private static final String ALL = "/organizations/acme/organization-memberships";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);

  private Answer invite(String caller, String email, String... teams) {
    StringBuilder ids = new StringBuilder();
    for (String team : teams) {
      ids.append(ids.isEmpty() ? "" : ",").append("{\"type\":\"teams\",\"id\":\"" + team + "\"}");
    }
    return server.post(
        caller,
        ALL,
        "{\"data\":{\"type\":\"organization-memberships\",\"attributes\":{\"email\":\""
            + email
            + "\"},\"relationships\":{\"teams\":{\"data\":["
            + ids
            + "]}}}}");
  }

  private int remove(String caller, String membership) {
    return server.send(caller, "DELETE", "/organization-memberships/" + membership, "").status();
  }

  @Nested
  class A_membership {
    @Test
    void is_the_same_when_made_read_and_listed() {
      String team = server.team("greeters", "");
      server.person("ida");

      Answer made = invite("alice", "ida@example.com", team);

      assertThat(made.status()).as(made.text()).isEqualTo(201);
      Golden.assertSame("organization-membership.json", made.json());
      Answer listed =
          server.get(
              "alice",
              ALL + "?" + query("filter[email]", "ida@example.com") + "&include=user,teams");
      assertThat(listed.json().at("/data/0")).isEqualTo(made.data());
      assertThat(listed.json().path("included"))
          .extracting(included -> included.path("type").asText())
          .containsExactlyInAnyOrder("users", "teams");
      assertThat(
              server
                  .get("alice", "/organization-memberships/" + made.id() + "?include=user")
                  .json())
          .isEqualTo(made.json());
      assertThat(server.get("ida", "/organization-memberships").ids()).containsExactly(made.id());
    }

    @Test
    void waits_for_who_has_no_account_yet() {
      String team = server.team("waiting", "");

      Answer invited = invite("alice", "jan@example.com", team);

      assertThat(invited.attribute("status").asText()).isEqualTo("invited");
      Golden.assertSame("organization-membership-invited.json", invited.json());
      String person = invited.related("user");
      Answer again =
          server.post(
              "bob",
              "/organizations/beta/organization-memberships",
              document("organization-memberships", "{\"email\":\"Jan@example.com\"}"));
      assertThat(again.related("user")).isEqualTo(person);
      assertThat(server.get("alice", ALL + "?" + query("filter[status]", "invited")).ids())
          .contains(invited.id());
      server.person("jan");
      Answer active = server.get("alice", "/organization-memberships/" + invited.id());
      assertThat(active.attribute("status").asText()).isEqualTo("active");
      assertThat(active.related("user")).isEqualTo(server.id("jan")).isEqualTo(person);
      assertThat(server.get("jan", "/teams/" + team).status()).isEqualTo(200);
    }

    @Test
    void is_refused_where_it_makes_no_sense() {
      invite("alice", "twice@example.com");

      assertThat(invite("alice", "TWICE@example.com").pointer())
          .isEqualTo("/data/attributes/email");
      assertThat(invite("alice", "no address").pointer()).isEqualTo("/data/attributes/email");
      assertThat(invite("alice", "other@example.com", "team-none").pointer())
          .isEqualTo("/data/relationships/teams/data/0");
      assertThat(server.get("alice", ALL + "?q=other@").ids()).isEmpty();
      assertThat(server.get("alice", ALL + "?" + query("filter[status]", "gone")).status())
          .isEqualTo(400);
    }

    @Test
    void is_made_and_ended_by_who_manages_members() {
      server.person("kim");
      String members =
          server.team("gatekeepers", ",\"organization-access\":{\"manage-membership\":true}");
      server.join("kim", members);

      Answer made = invite("kim", "lea@example.com");
      String owner =
          server
              .get("kim", ALL + "?" + query("filter[email]", "anna@example.com"))
              .ids()
              .getFirst();

      assertThat(made.status()).as(made.text()).isEqualTo(201);
      assertThat(remove("kim", owner)).isEqualTo(404);
      assertThat(remove("kim", made.id())).isEqualTo(204);
      assertThat(invite("bob", "spy@example.com").status()).isEqualTo(404);
    }

    @Test
    void ends_with_all_that_it_allowed() {
      server.person("max");
      String team = server.team("leavers", "");
      String workspace = server.readyWorkspace("left");
      server.allow(team, workspace, "{\"access\":\"admin\"}");
      String membership = invite("alice", "max@example.com", team).id();
      assertThat(server.get("max", "/workspaces/" + workspace).status()).isEqualTo(200);

      assertThat(remove("max", membership)).isEqualTo(204);

      assertThat(server.get("max", "/workspaces/" + workspace).status()).isEqualTo(404);
      assertThat(server.get("max", "/organizations/acme").status()).isEqualTo(404);
    }

    @Test
    void of_the_last_owner_stays() {
      String own = server.get("bob", "/organization-memberships").ids().getFirst();

      assertThat(remove("bob", own)).isEqualTo(403);

      assertThat(server.get("bob", "/organizations/beta").status()).isEqualTo(200);
    }

    @Test
    void names_the_teams_that_the_caller_may_see() {
      server.person("noa");
      server.person("ori");
      String open = server.team("open-team", ",\"visibility\":\"organization\"");
      String secret = server.team("secret-team", "");
      String membership = invite("alice", "noa@example.com", open, secret).id();
      invite("alice", "ori@example.com");
      String email = ALL + "?include=user,teams&" + query("filter[email]", "noa@example.com");

      Answer toAlice = server.get("alice", email);
      Answer toOri = server.get("ori", email);

      assertThat(teams(toAlice.json().at("/data/0"))).containsExactlyInAnyOrder(open, secret);
      assertThat(teams(toOri.json().at("/data/0"))).containsExactly(open);
      assertThat(teams(server.get("noa", "/organization-memberships").json().at("/data/0")))
          .as("their own")
          .containsExactlyInAnyOrder(open, secret);
      assertThat(toOri.json().path("included"))
          .extracting(included -> included.path("id").asText())
          .containsExactlyInAnyOrder(server.id("noa"), open);
      assertThat(
              teams(
                  server.get("ori", "/organization-memberships/" + membership).json().at("/data")))
          .containsExactly(open);
    }

    private List<String> teams(JsonNode membership) {
      return membership.at("/relationships/teams/data").findValuesAsText("id");
    }

    @Test
    void says_whether_the_organization_wants_two_factors() {
      server.post(
          "bob",
          "/organizations",
          document("organizations", "{\"name\":\"strict\",\"email\":\"ops@example.com\"}"));
      server.send(
          "bob",
          "PATCH",
          "/organizations/strict",
          document("organizations", "{\"collaborator-auth-policy\":\"two_factor_mandatory\"}"));

      Answer members = server.get("bob", "/organizations/strict/organization-memberships");

      assertThat(members.json().at("/data/0/attributes/is-org-two-factor-required").asBoolean())
          .isTrue();
    }

    @Test
    void is_never_inactive_and_has_no_identity_elsewhere() {
      assertThat(server.get("alice", ALL + "?" + query("filter[status]", "inactive")).ids())
          .isEmpty();
      Answer identities = server.get("alice", ALL + "?include=scim-identity");
      assertThat(identities.status()).isEqualTo(200);
      assertThat(identities.json().has("included")).isFalse();
      assertThat(server.get("alice", ALL + "?include=pets").status()).isEqualTo(400);
    }

    @Test
    void is_counted_whatever_is_filtered() {
      Answer listed = server.get("alice", ALL + "?" + query("filter[email]", "nobody@example.com"));

      assertThat(listed.ids()).isEmpty();
      assertThat(listed.json().at("/meta/status-counts/active").asInt()).isGreaterThanOrEqualTo(2);
    }
  }

  @Nested
  class A_token_of_a_team {
    @Test
    void is_no_person() {
      server.team("robots", "");

      assertThat(server.get("robots", "/organization-memberships").status()).isEqualTo(404);
      assertThat(
              server
                  .post(
                      "robots",
                      "/organizations",
                      document("organizations", "{\"name\":\"x-corp\",\"email\":\"a@b.c\"}"))
                  .status())
          .isEqualTo(404);
    }
  }
}
