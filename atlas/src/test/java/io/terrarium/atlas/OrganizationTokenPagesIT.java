package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/// Tokens of an organization and its teams, made and deleted with a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OrganizationTokenPagesIT {
  private static final String PAGE = "/app/acme/settings/authentication-tokens";
  private static final Pattern MADE = Pattern.compile("id=\"made-token\">([^<]+)<");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final Tenants server = new Tenants(atlas);
  @AutoClose private final Browser alice = signedIn("alice");
  private String team = "";
  private int teams;

  @BeforeEach
  void aTeam() {
    team = server.team("team-" + ++teams, "");
  }

  private Browser signedIn(String name) {
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", "correct horse"));
    return browser;
  }

  private static String made(Answer page) {
    Matcher found = MADE.matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return found.group(1);
  }

  private Answer make(Browser browser, String path, String description) {
    return browser.submit(
        path + "/team", Map.of("team", team, "description", description, "days", "30"));
  }

  private String caller(String token) {
    return atlas.as(token).get("/api/v2/account/details").attribute("username").asText();
  }

  @Nested
  class The_token_of_an_organization {
    @Test
    void is_shown_once_and_replaces_the_one_before() {
      String first = made(alice.submit(PAGE + "/organization", Map.of("days", "")));

      String second = made(alice.submit(PAGE + "/organization", Map.of("days", "7")));

      assertThat(caller(second)).isEqualTo("api-acme");
      assertThat(caller(first)).isEmpty();
      assertThat(alice.open(PAGE).text()).doesNotContain(first, second).contains("Replace");
    }

    @Test
    void is_deleted() {
      String token = made(alice.submit(PAGE + "/organization", Map.of("days", "")));

      Answer deleted = alice.submit(PAGE + "/organization/delete", Map.of());

      assertThat(deleted.header("Location")).contains(PAGE);
      assertThat(caller(token)).isEmpty();
      assertThat(alice.open(PAGE).text()).contains("Make a token of the organization");
    }
  }

  @Nested
  class A_token_of_a_team {
    @Test
    void is_shown_once_and_listed_with_its_team() {
      Answer page = make(alice, PAGE, "CI & more");

      String token = made(page);
      assertThat(caller(token)).isEqualTo("api-team-" + teams);
      assertThat(alice.open(PAGE + "?page%5Bsize%5D=100").text())
          .contains("<td>team-" + teams + "</td>", "CI &amp; more")
          .doesNotContain(token);
    }

    @Test
    void is_deleted() {
      String token = made(make(alice, PAGE, "to go"));
      String id = server.get("alice", "/teams/" + team + "/authentication-tokens").ids().getLast();

      Answer deleted = alice.submit(PAGE + "/" + id + "/delete", Map.of());

      assertThat(deleted.header("Location")).contains(PAGE);
      assertThat(caller(token)).isEmpty();
    }

    @Test
    void is_not_made_without_saying_what_for_nor_twice() {
      make(alice, PAGE, "once");

      Answer without = make(alice, PAGE, "");
      Answer twice = make(alice, PAGE, "once");

      assertThat(without.status()).isEqualTo(422);
      assertThat(without.text()).contains("Say what the token is for");
      assertThat(twice.status()).isEqualTo(422);
      assertThat(twice.text()).contains("Description has already been taken", "value=\"once\"");
    }
  }

  @Nested
  class Who_is_no_owner {
    @Test
    void is_offered_nothing_and_gets_nothing() {
      server.person("max" + teams);
      server.join("max" + teams, team);
      try (Browser max = signedIn("max" + teams)) {
        // A member looks after the tokens of their own team, and of no other.
        String other = server.team("other-" + teams, "");
        Answer page = max.open(PAGE);
        Answer organization = max.submit(PAGE + "/organization", Map.of("days", ""));
        Answer ofOther =
            max.submit(PAGE + "/team", Map.of("team", other, "description", "mine", "days", "30"));

        assertThat(page.status()).isEqualTo(200);
        assertThat(page.text()).doesNotContain("Of the organization", "other-" + teams);
        assertThat(organization.status()).isEqualTo(404);
        assertThat(ofOther.status()).isEqualTo(404);
      }
    }

    @Test
    void belongs_to_another_organization_sees_no_page() {
      try (Browser bob = signedIn("bob")) {
        assertThat(bob.open(PAGE).status()).isEqualTo(404);
        assertThat(make(bob, PAGE, "bob's").status()).isEqualTo(404);
        assertThat(make(bob, PAGE.replace("acme", "beta"), "bob's").status()).isEqualTo(404);
      }
    }
  }
}
