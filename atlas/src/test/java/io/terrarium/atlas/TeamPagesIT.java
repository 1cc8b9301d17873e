package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// The teams of an organization, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TeamPagesIT {
  private static final String TEAMS = "/app/acme/settings/teams";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private static String page(String team) {
    return TEAMS + "/" + team;
  }

  private Answer team(String id) {
    return server.get("alice", "/teams/" + id);
  }

  private Answer members(String team) {
    return server.get("alice", "/teams/" + team + "/relationships/organization-memberships");
  }

  private Browser member(String name, String access) {
    server.person(name);
    server.join(name, server.team("of-" + name, access));
    return Browser.signedIn(atlas, name);
  }

  @Nested
  class The_list {
    @Test
    void shows_teams_with_their_members_and_who_sees_them() {
      server.team("crew-one", ",\"visibility\":\"organization\",\"description\":\"<b>\"");
      server.person("dora");
      server.join("dora", server.team("crew-two", ""));

      String list = alice.open(TEAMS + "?search=crew").text();

      assertThat(list)
          .contains("crew-one", "&lt;b&gt;", "All members of the organization", "New team")
          .contains("crew-two", "Its members, and who manages teams")
          .containsPattern("number\">1</td>")
          .doesNotContain("May do everything");
    }

    @Test
    void hides_secret_teams_from_others() {
      server.team("hidden", "");
      server.team("shown", ",\"visibility\":\"organization\"");
      Browser reader = member("rita", "");

      String list = reader.open(TEAMS).text();

      assertThat(list)
          .contains("shown", "of-rita")
          .doesNotContain("hidden</a>")
          .doesNotContain("New team");
      assertThat(reader.open(TEAMS + "/new").status()).isEqualTo(404);
      assertThat(reader.submit(TEAMS + "/new", Map.of("name", "mine")).status()).isEqualTo(404);
      assertThat(Browser.signedIn(atlas, "bob").open(TEAMS).status()).isEqualTo(404);
    }
  }

  @Nested
  class A_team {
    @Test
    void is_made() {
      Answer made =
          alice.submit(
              TEAMS + "/new",
              Map.of("name", "made", "description", "", "visibility", "organization"));

      String id =
          server
              .get("alice", "/organizations/acme/teams?" + query("filter[names]", "made"))
              .ids()
              .getFirst();
      assertThat(made.header("Location")).contains(page(id));
      assertThat(team(id).attribute("visibility").asText()).isEqualTo("organization");
      assertThat(team(id).attribute("description").isNull()).isTrue();
      assertThat(alice.open(page(id)).text()).contains("The team is there", "Nobody is in it yet");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      String team = server.team("refused", "");

      Answer made = alice.submit(TEAMS + "/new", Map.of("name", "<no>", "description", "d"));
      Answer saved = alice.submit(page(team) + "/edit", Map.of("name", "owners"));

      assertThat(made.status()).isEqualTo(422);
      assertThat(made.text()).contains("Name must have 1 to 90", "value=\"&lt;no>\"");
      assertThat(saved.status()).isEqualTo(422);
      assertThat(saved.text()).contains("Name has already been taken", "value=\"owners\"");
    }

    @Test
    void gets_another_name_and_access_to_the_organization() {
      String team = server.team("before", "");
      Map<String, String> fields = new HashMap<>();
      fields.put("name", "after");
      fields.put("visibility", "organization");
      fields.put("allow-member-token-management", "false");
      fields.put("organization-access.manage-modules", "true");

      String form = alice.open(page(team)).text();
      Answer saved = alice.submit(page(team) + "/edit", fields);

      assertThat(form).contains("Manage all workspaces", "See secret teams", "tokens of the org");
      assertThat(saved.header("Location")).contains(page(team));
      Answer after = team(team);
      assertThat(after.attribute("name").asText()).isEqualTo("after");
      assertThat(after.attribute("visibility").asText()).isEqualTo("organization");
      assertThat(after.attribute("allow-member-token-management").asBoolean()).isFalse();
      assertThat(after.attribute("organization-access").path("manage-modules").asBoolean())
          .isTrue();
      assertThat(after.attribute("organization-access").path("manage-teams").asBoolean()).isFalse();
      assertThat(alice.open(page(team)).text())
          .containsPattern("organization-access.manage-modules\" value=\"true\" checked");
    }

    @Test
    void keeps_what_was_not_sent_where_it_is_refused() {
      String team = server.team("ticked", ",\"organization-access\":{\"manage-modules\":true}");

      // As a browser does for who may not change what the team may do.
      Answer refused = alice.submit(page(team) + "/edit", Map.of("name", "<no>"));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text())
          .contains("value=\"&lt;no>\"")
          .containsPattern("organization-access.manage-modules\" value=\"true\" checked");
    }

    @Test
    void is_deleted() {
      String team = server.team("leaving", "");

      Answer gone = alice.submit(page(team) + "/delete", Map.of());

      assertThat(gone.header("Location")).contains(TEAMS);
      assertThat(alice.open(TEAMS).text()).contains("The team leaving is deleted.");
      assertThat(alice.open(page(team)).status()).isEqualTo(404);
    }

    @Test
    void is_there_below_its_own_organization_alone() {
      String bobs = server.get("bob", "/organizations/beta/teams").ids().getFirst();
      String team = server.team("astray", "");

      assertThat(alice.open(page(bobs)).status()).isEqualTo(404);
      assertThat(alice.open("/app/beta/settings/teams/" + team).status()).isEqualTo(404);
      assertThat(alice.submit("/app/beta/settings/teams/" + team + "/delete", Map.of()).status())
          .isEqualTo(404);
    }

    @Test
    void is_for_others_to_read() {
      String team =
          server.team(
              "open",
              ",\"visibility\":\"organization\",\"description\":\"<i>\","
                  + "\"organization-access\":{\"manage-modules\":true}");
      Browser reader = member("rosa", "");

      String shown = reader.open(page(team)).text();

      assertThat(shown)
          .contains("Manage modules", "&lt;i&gt;")
          .doesNotContain("Manage providers")
          .doesNotContain("/edit")
          .doesNotContain("Add somebody")
          .doesNotContain("Delete the team")
          .doesNotContain("the tokens of the organization");
      for (String action :
          new String[] {"edit", "delete", "add-users", "remove-organization-memberships"}) {
        assertThat(reader.submit(page(team) + "/" + action, Map.of("user", "rosa")).status())
            .as(action)
            .isEqualTo(404);
      }
    }
  }

  @Nested
  class Members {
    @Test
    void are_put_in_and_taken_out() {
      String team = server.team("moved", "");
      server.person("carl");
      alice.submit("/app/acme/settings/users/new", Map.of("email", "eve@example.com"));

      Answer added = alice.submit(page(team) + "/add-users", Map.of("user", "carl"));
      Answer invited = alice.submit(page(team) + "/add-users", Map.of("user", "EVE@example.com"));
      String both = alice.open(page(team)).text();
      Answer removed =
          alice.submit(
              page(team) + "/remove-organization-memberships",
              Map.of("membership", members(team).ids().getFirst()));

      assertThat(added.header("Location")).contains(page(team));
      assertThat(invited.status()).isEqualTo(303);
      assertThat(both).contains("carl@example.com", "eve@example.com", "<td>Invited");
      assertThat(removed.header("Location")).contains(page(team));
      assertThat(members(team).ids()).hasSize(1);
      assertThat(server.get("alice", "/organizations/acme/organization-memberships?q=carl").ids())
          .hasSize(1);
    }

    @Test
    void are_refused_who_are_nobody() {
      String team = server.team("empty", "");

      Answer name = alice.submit(page(team) + "/add-users", Map.of("user", "<nobody>"));
      Answer address = alice.submit(page(team) + "/add-users", Map.of("user", "x@example.com"));
      Answer none = alice.submit(page(team) + "/add-users", Map.of("user", " "));

      assertThat(name.status()).isEqualTo(422);
      assertThat(name.text()).contains("Nobody has that username", "value=\"&lt;nobody>\"");
      assertThat(address.text()).contains("Nobody in the organization has that address");
      assertThat(none.text()).contains("Say whom");
    }

    @Test
    void who_take_themselves_out_of_a_secret_team_land_among_the_teams() {
      Browser manager = member("max", ",\"organization-access\":{\"manage-membership\":true}");
      String own =
          server
              .get("alice", "/organizations/acme/teams?" + query("filter[names]", "of-max"))
              .ids()
              .getFirst();

      Answer gone =
          manager.submit(
              page(own) + "/remove-organization-memberships",
              Map.of("membership", members(own).ids().getFirst()));

      assertThat(gone.header("Location")).contains(TEAMS);
    }
  }

  @Nested
  class The_owners {
    @Test
    void keep_their_name_their_rights_and_their_team() {
      String owners = server.owners();

      String shown = alice.open(page(owners)).text();
      Answer seen = alice.submit(page(owners) + "/edit", Map.of("visibility", "organization"));
      Answer renamed = alice.submit(page(owners) + "/edit", Map.of("name", "others"));
      Answer deleted = alice.submit(page(owners) + "/delete", Map.of());

      assertThat(shown)
          .contains("The owners may do everything in the organization.", "alice", "anna")
          .doesNotContain("What it may do in the whole organization")
          .doesNotContain("Delete the team")
          .doesNotContain("name=\"name\"");
      assertThat(seen.status()).isEqualTo(303);
      assertThat(team(owners).attribute("visibility").asText()).isEqualTo("organization");
      assertThat(renamed.text()).contains("Name of the owners team cannot be changed");
      assertThat(deleted.status()).isEqualTo(403);
    }

    @Test
    void are_never_without_somebody() {
      Browser bob = Browser.signedIn(atlas, "bob");
      String owners = server.get("bob", "/organizations/beta/teams").ids().getFirst();
      String bobs =
          server.get("bob", "/organizations/beta/organization-memberships").ids().getFirst();

      Answer refused =
          bob.submit(
              "/app/beta/settings/teams/" + owners + "/remove-organization-memberships",
              Map.of("membership", bobs));

      assertThat(refused.status()).isEqualTo(422);
      assertThat(refused.text()).contains("An organization needs an owner");
    }
  }
}
