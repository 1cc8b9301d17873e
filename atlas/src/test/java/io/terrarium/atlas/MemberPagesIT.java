package io.terrarium.atlas;

import static io.terrarium.atlas.Tenants.document;
import static io.terrarium.atlas.Tenants.query;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Who belongs to an organization, in a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MemberPagesIT {
  private static final String MEMBERS = "/app/acme/settings/users";
  private static final String INVITE = MEMBERS + "/new";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  private final Browser alice = Browser.signedIn(atlas, "alice");

  private Answer found(String address) {
    return server.get(
        "alice",
        "/organizations/acme/organization-memberships?"
            + query("filter[email]", address)
            + "&include=teams");
  }

  private String membership(String name) {
    return found(name + "@example.com").ids().getFirst();
  }

  private Browser member(String name, String access) {
    server.person(name);
    server.join(name, server.team("of-" + name, access));
    return Browser.signedIn(atlas, name);
  }

  private static String way(String membership) {
    return MEMBERS + "/" + membership + "/delete";
  }

  @Nested
  class The_list {
    @Test
    void shows_who_belongs_to_the_organization_and_their_teams() {
      member("mia", "");
      alice.submit(INVITE, Map.of("email", "to-come@example.com"));

      String all = alice.open(MEMBERS).text();

      assertThat(all)
          .contains("alice@example.com", "mia", ">of-mia</a>", "to-come@example.com")
          .contains("Invited", "Active", "You", "Invite somebody")
          .contains("as soon as a site admin has made an account for the address")
          .contains("href=\"/app/acme/settings/teams\"");
    }

    @Test
    void is_searched_and_paged() {
      alice.submit(INVITE, Map.of("email", "sought@example.com"));

      String found = alice.open(MEMBERS + "?search=sought&status=invited").text();
      String none = alice.open(MEMBERS + "?search=sought&status=active").text();
      String page = alice.open(MEMBERS + "?page%5Bsize%5D=1&search=example").text();

      assertThat(found).contains("sought@example.com").doesNotContain("alice@example.com");
      assertThat(none).contains("Nobody is like that.");
      assertThat(page)
          .contains(
              "rel=\"next\" href=\"" + MEMBERS + "?search=example&amp;status=&page[number]=2");
    }

    @Test
    void offers_nothing_to_who_may_not_manage_members() {
      Browser reader = member("rita", "");

      String list = reader.open(MEMBERS).text();

      assertThat(list).contains("alice", "Leave").doesNotContain("Invite somebody", "Remove");
      assertThat(reader.open(INVITE).status()).isEqualTo(404);
      assertThat(reader.submit(INVITE, Map.of("email", "x@example.com")).status()).isEqualTo(404);
      assertThat(reader.submit(way(membership("anna")), Map.of()).status()).isEqualTo(404);
    }

    @Test
    void says_who_may_take_out_an_owner() {
      Browser manager = member("mona", ",\"organization-access\":{\"manage-membership\":true}");

      Answer refused = manager.submit(way(membership("alice")), Map.of());

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("Only owners may take another owner out");
      assertThat(manager.submit(way("ou-0000000000000000"), Map.of()).status()).isEqualTo(404);
    }

    @Test
    void is_there_however_the_name_of_the_organization_is_written() {
      String list = alice.open("/app/ACME/settings/users").text();

      assertThat(list).contains("alice@example.com", MEMBERS + "/ou-").doesNotContain("/app/ACME");
    }

    @Test
    void is_not_there_for_strangers() {
      Browser bob = Browser.signedIn(atlas, "bob");

      assertThat(bob.open(MEMBERS).status()).isEqualTo(404);
      assertThat(bob.submit(way(membership("anna")), Map.of()).status()).isEqualTo(404);
    }
  }

  @Nested
  class Somebody_who_is_invited {
    @Test
    void waits_for_an_account_in_the_chosen_team() {
      String team = server.team("newcomers", "");

      Answer sent = alice.submit(INVITE, Map.of("email", "carol@example.com", "team", team));
      String list = alice.open(MEMBERS + "?search=carol").text();
      server.person("carol");
      String after = alice.open(MEMBERS + "?search=carol").text();

      assertThat(alice.open(INVITE).text()).contains("newcomers", "owners");
      assertThat(sent.header("Location")).contains(MEMBERS);
      assertThat(list)
          .contains("carol@example.com is invited. No mail is sent", "newcomers", "<td>Invited");
      assertThat(after).contains("<td>Active", "newcomers");
    }

    @Test
    void may_be_put_into_any_of_many_teams() {
      server.post(
          "alice",
          "/organizations",
          document("organizations", "{\"name\":\"wide\",\"email\":\"a@example.com\"}"));
      for (int number = 100; number <= 200; number++) {
        server.post(
            "alice",
            "/organizations/wide/teams",
            document("teams", "{\"name\":\"crew-%d\"}".formatted(number)));
      }

      String form = alice.open("/app/wide/settings/users/new").text();

      assertThat(form).contains("crew-100", "crew-200", "owners");
    }

    @Test
    void belongs_to_the_organization_at_once_with_an_account() {
      server.person("erik");

      alice.submit(INVITE, Map.of("email", "erik@example.com"));

      assertThat(alice.open(MEMBERS).text()).contains("erik@example.com has an account");
      assertThat(found("erik@example.com").listed("status")).containsExactly("active");
    }

    @Test
    void is_refused_beside_what_was_typed() {
      String team = server.team("chosen", "");

      Answer wrong = alice.submit(INVITE, Map.of("email", "<nobody>", "team", team));
      Answer twice = alice.submit(INVITE, Map.of("email", "anna@example.com"));
      Answer astray =
          alice.submit(INVITE, Map.of("email", "a@example.com", "team", "team-0000000000000000"));

      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.text())
          .contains("Email must be an e-mail address", "value=\"&lt;nobody>\"")
          .contains("value=\"" + team + "\" checked");
      assertThat(twice.text()).contains("Email has already been invited");
      assertThat(astray.status()).isEqualTo(422);
      assertThat(astray.text()).contains("is none of the organization");
    }
  }

  @Nested
  class Somebody_who_belongs_to_it {
    @Test
    void is_taken_out() {
      member("oscar", "");
      String membership = membership("oscar");

      Answer gone = alice.submit(way(membership), Map.of());

      assertThat(gone.header("Location")).contains(MEMBERS);
      assertThat(alice.open(MEMBERS).text())
          .contains("oscar@example.com does not belong to the organization any more");
      assertThat(found("oscar@example.com").ids()).isEmpty();
      assertThat(alice.submit("/app/beta/settings/users/x/delete", Map.of()).status())
          .isEqualTo(404);
    }

    @Test
    void leaves_by_themselves() {
      Browser peggy = member("peggy", "");

      Answer gone = peggy.submit(way(membership("peggy")), Map.of());

      assertThat(gone.header("Location")).contains("/app");
      assertThat(peggy.open("/app/organizations").text()).contains("You have left acme.");
      assertThat(peggy.open(MEMBERS).status()).isEqualTo(404);
    }

    @Test
    void stays_as_the_only_owner() {
      Browser bob = Browser.signedIn(atlas, "bob");
      String bobs =
          server.get("bob", "/organizations/beta/organization-memberships").ids().getFirst();

      Answer refused = bob.submit("/app/beta/settings/users/" + bobs + "/delete", Map.of());
      Answer astray = alice.submit("/app/acme/settings/users/" + bobs + "/delete", Map.of());

      assertThat(refused.status()).isEqualTo(403);
      assertThat(refused.text()).contains("You own the organization alone");
      assertThat(astray.status()).isEqualTo(404);
    }

    @Test
    void is_removed_by_other_owners_alone_as_an_owner() {
      Browser manager =
          member(
              "max",
              ",\"organization-access\":{\"manage-membership\":true,\"access-secret-teams\":true}");
      member("otto", "");

      String anna = manager.open(MEMBERS + "?search=anna").text();
      String otto = manager.open(MEMBERS + "?search=otto").text();
      Answer refused = manager.submit(way(membership("anna")), Map.of());

      assertThat(anna).contains("owners", "Invite somebody").doesNotContain("Remove");
      assertThat(otto).contains("Remove");
      assertThat(refused.status()).isEqualTo(403);
    }
  }
}
