package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How further people come to a site, and get in again who have lost their password.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PasswordLinkPagesIT {
  private static final String USERS = "/app/admin/users";
  private static final String NEW = USERS + "/new";
  private static final String CHOOSE = "/account/password/edit";
  private static final String GOOD = "battery staple";
  private static final Pattern LINK =
      Pattern.compile("/account/password/edit\\?reset_password_token=([0-9a-f]{64})");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.startAmongNeighbours();
  private final Tenants server = new Tenants(atlas);
  @AutoClose private final Browser admin = Browser.signedIn(atlas, "admin");

  private String secret(Answer answer) {
    Matcher found = LINK.matcher(answer.text());
    assertThat(found.find()).as(answer.text()).isTrue();
    return found.group(1);
  }

  private String invited(String name) {
    return secret(admin.submit(NEW, Map.of("username", name, "email", name + "@example.com")));
  }

  private String renewed(String name) {
    return secret(admin.submit(USERS + "/" + server.id(name) + "/password_link", Map.of()));
  }

  private static Answer choose(Browser browser, String secret, String password, String again) {
    return browser.submit(
        CHOOSE,
        Map.of(
            "reset_password_token", secret, "password", password, "password_confirmation", again));
  }

  private Answer signIn(Browser browser, String name, String password) {
    return browser.submit("/session", Map.of("login", name, "password", password));
  }

  @Nested
  class A_new_account {
    @Test
    void is_for_who_opens_the_link() {
      String secret = invited("wanda");
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(browser.open(CHOOSE + "?reset_password_token=" + secret).text())
            .contains("Choose your password", "wanda");

        Answer chosen = choose(browser, secret, GOOD, GOOD);

        assertThat(chosen.status()).isEqualTo(303);
        assertThat(browser.open("/app/settings/profile").text()).contains("wanda@example.com");
      }
      try (Browser other = new Browser(atlas.base())) {
        assertThat(signIn(other, "wanda", GOOD).status()).isEqualTo(303);
      }
    }

    @ParameterizedTest
    @CsvSource({"''", "correct horse"})
    void lets_nobody_in_before(String password) {
      String name = "early-" + password.length();
      invited(name);
      assertThat(admin.open(USERS + "?search=" + name).text()).contains("No password yet");
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(signIn(browser, name, password).status()).isEqualTo(422);
      }
    }

    @Test
    void has_the_invitations_to_its_address() {
      server.post(
          "alice",
          "/organizations/acme/organization-memberships",
          Tenants.document("organization-memberships", "{\"email\":\"ivy@example.com\"}"));
      String secret = invited("ivy");
      try (Browser browser = new Browser(atlas.base())) {
        choose(browser, secret, GOOD, GOOD);

        assertThat(browser.open("/app/organizations").text()).contains("acme");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "x, x@example.com, Username must have 2 to 60",
      "anna, other@example.com, Username has already been taken",
      "other, anna@example.com, Email has already been taken",
      "other, nowhere, Email must be an e-mail address",
      "\"><b>, b@example.com, value=\"&#34;>&lt;b>\""
    })
    void is_refused_with_what_was_typed(String username, String email, String said) {
      Answer answer = admin.submit(NEW, Map.of("username", username, "email", email));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains(said, email);
    }
  }

  @Test
  void who_has_no_password_yet_is_not_the_admin_who_stays() {
    invited("later");
    admin.submit(USERS + "/" + idOf("later") + "/grant_admin", Map.of());

    String me = server.get("admin", "/account/details").id();
    Answer refused = admin.submit(USERS + "/" + me + "/revoke_admin", Map.of());

    assertThat(refused.text()).contains("only administrator");
  }

  private String idOf(String name) {
    return server.get("admin", "/admin/users?q=" + name).ids().getFirst();
  }

  @Nested
  class A_link {
    @Test
    void is_good_once() {
      String secret = invited("otto");
      try (Browser browser = new Browser(atlas.base());
          Browser late = new Browser(atlas.base())) {
        choose(browser, secret, GOOD, GOOD);

        Answer again = choose(late, secret, "another one", "another one");

        assertThat(again.status()).isEqualTo(404);
        assertThat(again.text()).contains("Ask a site admin for another.");
        assertThat(signIn(late, "otto", "another one").status()).isEqualTo(422);
      }
    }

    @Test
    void stays_good_after_a_password_that_is_none() {
      String secret = invited("nora");
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(choose(browser, secret, "short", "short").text())
            .contains("Password is too short");
        assertThat(choose(browser, secret, GOOD, "battery stable").text())
            .contains("Password confirmation is not the same");
        assertThat(choose(browser, secret, GOOD, GOOD).status()).isEqualTo(303);
      }
    }

    @Test
    void ends_the_one_before_and_the_sessions_of_its_person() {
      server.person("greta");
      try (Browser open = Browser.signedIn(atlas, "greta");
          Browser browser = new Browser(atlas.base())) {
        String before = renewed("greta");
        String now = renewed("greta");

        assertThat(choose(browser, before, GOOD, GOOD).status()).isEqualTo(404);
        assertThat(choose(browser, now, GOOD, GOOD).status()).isEqualTo(303);
        assertThat(open.open("/app/settings/profile").status()).isEqualTo(303);
        assertThat(signIn(open, "greta", "correct horse").status()).isEqualTo(422);
      }
    }

    @ParameterizedTest
    @CsvSource({"sven, suspend, suspend", "svenja, suspend, unsuspend"})
    void is_no_good_for_somebody_who_is_or_was_suspended(String name, String first, String then) {
      server.person(name);
      String secret = renewed(name);
      admin.submit(USERS + "/" + server.id(name) + "/" + first, Map.of());
      admin.submit(USERS + "/" + server.id(name) + "/" + then, Map.of());
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(browser.open(CHOOSE + "?reset_password_token=" + secret).status())
            .isEqualTo(404);
        assertThat(choose(browser, secret, GOOD, GOOD).status()).isEqualTo(404);
      }
    }

    @Test
    void is_void_once_its_person_has_chosen_another_password() {
      server.person("lise");
      String secret = renewed("lise");
      try (Browser browser = Browser.signedIn(atlas, "lise")) {
        browser.submit(
            "/app/settings/password",
            Map.of(
                "current_password", "correct horse",
                "password", GOOD,
                "password_confirmation", GOOD));

        assertThat(choose(browser, secret, "some other", "some other").status()).isEqualTo(404);
        assertThat(signIn(browser, "lise", GOOD).status()).isEqualTo(303);
      }
    }

    @Test
    void signs_in_its_person_in_the_place_of_who_was() {
      server.person("hanna");
      String secret = invited("ines");
      try (Browser browser = Browser.signedIn(atlas, "hanna")) {
        choose(browser, secret, GOOD, GOOD);

        assertThat(browser.open("/app/settings/profile").text()).contains("ines@example.com");
      }
    }

    @Test
    void is_for_two_days() {
      String secret = invited("slow");
      atlas.clock().advance(Duration.ofDays(2));
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(browser.open(CHOOSE + "?reset_password_token=" + secret).status())
            .isEqualTo(404);
      }
    }

    @ParameterizedTest
    @CsvSource({"''", "0000", "%22%3E"})
    void is_none_when_it_was_made_up(String secret) {
      try (Browser browser = new Browser(atlas.base())) {
        assertThat(browser.open(CHOOSE + "?reset_password_token=" + secret).status())
            .isEqualTo(404);
      }
    }
  }
}
