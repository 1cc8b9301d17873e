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
import org.junit.jupiter.params.provider.ValueSource;

/// People who look after their own account with a browser.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountPagesIT {
  private static final int GUESSES_MAX = 100;
  private static final String PASSWORD = "correct horse";
  private static final String TOKENS = "/app/settings/tokens";
  private static final Pattern MADE = Pattern.compile("id=\"made-token\">([^<]+)<");
  private static final Pattern ID = Pattern.compile("<code>(at-[^<]+)</code>");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private int people;

  /// Somebody new, signed in.
  private Browser somebody(String name) {
    atlas.person(name);
    return signedIn(name, PASSWORD);
  }

  private Browser somebody() {
    return somebody("person" + ++people);
  }

  private Browser signedIn(String name, String password) {
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", password));
    return browser;
  }

  private static String first(Pattern pattern, Answer page) {
    Matcher found = pattern.matcher(page.text());
    assertThat(found.find()).as(page.text()).isTrue();
    return found.group(1);
  }

  @Nested
  class A_token {
    @Test
    void is_shown_once_and_lets_its_maker_in() {
      Browser browser = somebody("ada");

      Answer made = browser.submit(TOKENS, Map.of("description", "CI & more", "days", "30"));

      String token = first(MADE, made);
      Answer list = browser.open(TOKENS);
      assertThat(made.header("Cache-Control")).contains("no-store");
      assertThat(atlas.as(token).get("/api/v2/account/details").attribute("username").asText())
          .isEqualTo("ada");
      assertThat(list.text()).contains("CI &amp; more").doesNotContain(token);
      assertThat(list.text()).contains(atlas.clock().instant().plus(Duration.ofDays(30)) + "\"");
    }

    @Test
    void that_is_deleted_lets_nobody_in() {
      Browser browser = somebody();
      String token = first(MADE, browser.submit(TOKENS, Map.of("description", "old", "days", "")));
      String id = first(ID, browser.open(TOKENS));

      Answer deleted = browser.submit(TOKENS + "/" + id + "/delete", Map.of());

      assertThat(deleted.header("Location")).contains(TOKENS);
      assertThat(browser.open(TOKENS).text()).contains("The token is deleted", "You have no token");
      assertThat(atlas.as(token).get("/api/v2/account/details").status()).isEqualTo(401);
    }

    @Test
    void of_another_is_neither_seen_nor_deleted() {
      Browser owner = somebody();
      owner.submit(TOKENS, Map.of("description", "of the owner", "days", ""));
      String id = first(ID, owner.open(TOKENS));
      Browser other = somebody();

      Answer answer = other.submit(TOKENS + "/" + id + "/delete", Map.of());

      assertThat(answer.status()).isEqualTo(404);
      assertThat(other.open(TOKENS).text()).doesNotContain("of the owner");
      assertThat(owner.open(TOKENS).text()).contains("of the owner");
    }

    @ParameterizedTest
    @CsvSource({"'', 30, Say what the token is for", "ci, 31, Choose one of the times"})
    void is_not_made_where_the_form_is_wrong(String description, String days, String problem) {
      Browser browser = somebody();

      Answer answer = browser.submit(TOKENS, Map.of("description", description, "days", days));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains(problem, "value=\"" + description + "\"");
      assertThat(browser.open(TOKENS).text()).contains("You have no token");
    }

    @Test
    void says_when_it_has_ended() {
      Browser browser = somebody();
      browser.submit(TOKENS, Map.of("description", "short", "days", "7"));

      atlas.clock().advance(Duration.ofDays(8));

      assertThat(browser.open(TOKENS).text()).contains("Expired");
    }

    @Test
    void that_an_old_terraform_waits_for_has_its_description_already() {
      assertThat(somebody().open(TOKENS + "?source=terraform-login").text())
          .contains("Terraform waits for a token", "value=\"terraform login\"");
    }
  }

  @Nested
  class A_profile {
    private static final String PROFILE = "/app/settings/profile";

    @Test
    void is_changed() {
      Browser browser = somebody();

      Answer changed =
          browser.submit(PROFILE, Map.of("username", "grace", "email", "grace@example.com"));

      assertThat(changed.header("Location")).contains(PROFILE);
      assertThat(browser.open(PROFILE).text())
          .contains("Your profile is changed.", "value=\"grace\"", "value=\"grace@example.com\"")
          .contains("<a href=\"/app/settings/profile\">grace</a>");
    }

    @Test
    void that_another_has_or_that_makes_no_sense_is_refused_at_the_field() {
      Browser browser = somebody();

      Answer answer =
          browser.submit(PROFILE, Map.of("username", "admin", "email", "<b>@\"><i>.com"));
      Answer wrong = browser.submit(PROFILE, Map.of("username", "a b", "email", "nobody"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text())
          .contains("Username has already been taken", "value=\"admin\"")
          .doesNotContain("<i>");
      assertThat(wrong.text()).contains("Username must have", "Email must be an e-mail address");
    }
  }

  @Nested
  class A_password {
    private static final String PAGE = "/app/settings/password";

    private Map<String, String> change(String current, String password, String again) {
      return Map.of(
          "current_password", current, "password", password, "password_confirmation", again);
    }

    @Test
    void is_changed_and_ends_the_sessions_of_other_browsers() {
      Browser here = somebody("linus");
      Browser there = signedIn("linus", PASSWORD);

      Answer changed = here.submit(PAGE, change(PASSWORD, " battery staple ", " battery staple "));

      assertThat(changed.header("Location")).contains(PAGE);
      assertThat(here.open(PAGE).text()).contains("signed out in all other browsers");
      assertThat(there.open("/app").status()).isEqualTo(303);
      assertThat(signedIn("linus", PASSWORD).open("/app").status()).isEqualTo(303);
      assertThat(signedIn("linus", " battery staple ").open("/app").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @CsvSource({
      "wrong horse, battery staple, battery staple, Current password is wrong",
      "correct horse, short, short, Password is too short",
      "correct horse, battery staple, another staple, Password confirmation is not the same"
    })
    void is_not_changed_where_the_form_is_wrong(
        String current, String password, String again, String problem) {
      Browser browser = somebody();

      Answer answer = browser.submit(PAGE, change(current, password, again));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains(problem).doesNotContain(password + "\"");
    }

    @Test
    void is_not_guessed_at_an_open_browser() {
      Browser browser = somebody();

      // Guesses come back, one every six seconds: however slow this is, they are spent.
      Answer answer = browser.submit(PAGE, change("guess", "battery staple", "battery staple"));
      for (int guess = 0; guess < GUESSES_MAX && answer.status() != 429; guess++) {
        answer = browser.submit(PAGE, change("guess", "battery staple", "battery staple"));
      }

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.text()).contains("Too many attempts.");
    }
  }

  @Nested
  class Sessions {
    @Test
    void are_listed_and_the_others_ended() {
      Browser here = somebody("edsger");
      Browser there = signedIn("edsger", PASSWORD);
      String before = here.open("/app/settings/sessions").text();

      Answer ended = here.submit("/app/settings/sessions/end-others", Map.of());

      String after = here.open("/app/settings/sessions").text();
      assertThat(before).contains("This one", "Another one", "Sign out in all others");
      assertThat(ended.status()).isEqualTo(303);
      assertThat(after).contains("This one").doesNotContain("Another one", "all others");
      assertThat(there.open("/app").status()).isEqualTo(303);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"profile", "password", "sessions", "tokens"})
  void a_page_of_an_account_is_for_its_person_alone(String page) {
    try (Browser nobody = new Browser(atlas.base())) {
      Answer answer = nobody.open("/app/settings/" + page);

      assertThat(answer.header("Location").orElseThrow()).startsWith("/session?return_to=");
    }
  }
}
