package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// People who sign in with a browser, and what others may try with theirs.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionPagesIT {
  private static final int GUESSES_MAX = 100;
  private static final String COOKIE = "terrarium_session";
  private static final Map<String, String> GOOD =
      Map.of("login", "admin", "password", "correct horse");

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();

  private Browser browser() {
    return new Browser(atlas.base());
  }

  private Browser signedIn() {
    Browser browser = browser();
    assertThat(browser.submit("/session", GOOD).status()).isEqualTo(303);
    return browser;
  }

  private static String location(Answer answer) {
    return answer.header("Location").orElse("");
  }

  @Nested
  class Somebody_who_signs_in {
    @ParameterizedTest
    @ValueSource(strings = {"admin", "ADMIN", "admin@example.com"})
    void is_known_by_a_cookie_that_no_script_reads(String login) {
      Answer answer =
          browser().submit("/session", Map.of("login", login, "password", "correct horse"));

      assertThat(answer.status()).isEqualTo(303);
      assertThat(location(answer)).isEqualTo("/app");
      assertThat(answer.header("Set-Cookie").orElse(""))
          .matches(
              COOKIE + "=[0-9a-f]{64}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax; Secure");
    }

    @Test
    void has_another_secret_each_time_and_never_one_that_was_planted() {
      Browser browser = browser();
      String planted = "a".repeat(64);
      browser.keep(COOKIE, planted);

      browser.post("/session", GOOD, Map.of());
      String first = browser.cookie(COOKIE);
      browser.submit("/session", GOOD);

      assertThat(first).isNotEqualTo(planted);
      assertThat(browser.cookie(COOKIE)).isNotEqualTo(first);
      Browser thief = browser();
      thief.keep(COOKIE, first);
      assertThat(thief.open("/app").status()).as("the session of before has ended").isEqualTo(303);
    }

    @ParameterizedTest
    @CsvSource({"admin, wrong", "nobody, correct horse", "'', ''"})
    void is_refused_in_the_same_words_whatever_is_wrong(String login, String password) {
      Browser browser = browser();

      Answer answer = browser.submit("/session", Map.of("login", login, "password", password));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains("The name or the password is wrong.");
      assertThat(browser.cookie(COOKIE)).isEmpty();
    }

    @Test
    void is_held_back_after_many_guesses() {
      Browser browser = browser();

      // Guesses come back, one every six seconds: however slow this is, they are spent.
      Answer answer = browser.submit("/session", Map.of("login", "guessed", "password", "wrong"));
      for (int guess = 0; guess < GUESSES_MAX && answer.status() != 429; guess++) {
        answer = browser.submit("/session", Map.of("login", "Guessed", "password", "wrong"));
      }

      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.text()).contains("Too many attempts.");
    }

    @ParameterizedTest
    @CsvSource({
      "/app/acme/workspaces?search=a, /app/acme/workspaces?search=a",
      "https://evil.example.com/app, /app",
      "//evil.example.com/app, /app",
      "/\\evil.example.com, /app",
      "javascript:alert(1), /app",
      "/session, /app",
      "'', /app"
    })
    void goes_on_to_a_page_of_this_site_alone(String asked, String expected) {
      Answer answer =
          browser()
              .submit(
                  "/session",
                  Map.of("login", "admin", "password", "correct horse", "return_to", asked));

      assertThat(location(answer)).isEqualTo(expected);
    }
  }

  @Nested
  class A_session {
    @Test
    void ends_for_good_when_its_person_signs_out() {
      Browser browser = signedIn();
      String secret = browser.cookie(COOKIE);

      Answer out = browser.submit("/session/end", Map.of());

      browser.keep(COOKIE, secret);
      assertThat(location(out)).isEqualTo("/session");
      assertThat(location(browser.open("/app"))).isEqualTo("/session");
    }

    @Test
    void ends_when_it_is_not_used_for_long() {
      Browser browser = signedIn();
      atlas.clock().advance(Duration.ofDays(13));
      int used = browser.open("/app").status();
      atlas.clock().advance(Duration.ofDays(13));
      int usedAgain = browser.open("/app").status();
      atlas.clock().advance(Duration.ofDays(5));

      int old = browser.open("/app").status();

      assertThat(used).isEqualTo(200);
      assertThat(usedAgain).isEqualTo(200);
      assertThat(old).as("thirty days are the most").isEqualTo(303);
    }

    @Test
    void is_kept_as_a_digest_alone() {
      Browser browser = signedIn();

      String kept =
          atlas
              .database()
              .read(db ->
                  db.createQuery("SELECT string_agg(b::text, '') FROM browser_sessions b")
                      .mapTo(String.class)
                      .one());

      assertThat(kept).doesNotContain(browser.cookie(COOKIE)).doesNotContain(browser.formToken());
    }
  }

  @Nested
  class A_form {
    private static final String NEW = "/app/organizations/new";
    private static final Map<String, String> FIELDS =
        Map.of("name", "forged", "email", "a@example.com");

    private void assertNothingIsMade() {
      assertThat(atlas.admin().get("/api/v2/organizations/forged").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"cross-site", "same-site"})
    void that_another_site_sends_is_refused(String site) {
      Browser browser = signedIn();
      Map<String, String> fields =
          Map.of("name", "forged", "email", "a@b.c", "authenticity_token", browser.formToken());

      Answer answer = browser.post(NEW, fields, Map.of("Sec-Fetch-Site", site));

      assertThat(answer.status()).isEqualTo(403);
      assertNothingIsMade();
    }

    @Test
    void without_the_token_of_its_session_is_refused() {
      Browser browser = signedIn();
      String others = signedIn().formToken();

      Answer without = browser.post(NEW, FIELDS, Map.of());
      Answer another = browser.post(NEW, FIELDS, Map.of("X-CSRF-Token", others));

      assertThat(without.status()).isEqualTo(403);
      assertThat(another.status()).isEqualTo(403);
      assertThat(without.text()).contains("reload the page");
      assertNothingIsMade();
    }

    @Test
    void of_nobody_leads_to_where_one_signs_in() {
      Answer answer = browser().post(NEW, FIELDS, Map.of());

      assertThat(answer.status()).isEqualTo(303);
      assertThat(location(answer)).isEqualTo("/session");
      assertNothingIsMade();
    }
  }

  @Nested
  class An_organization {
    @ParameterizedTest
    @ValueSource(strings = {"mesh", "Admin", "settings"})
    void is_not_called_as_a_part_of_the_site_is(String name) {
      Answer answer =
          signedIn()
              .submit("/app/organizations/new", Map.of("name", name, "email", "a@example.com"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains("Name has already been taken");
    }
  }

  @Nested
  class A_page {
    @Test
    void sends_nobody_to_sign_in_and_back() {
      assertThat(location(browser().open("/app/acme/workspaces?search=x")))
          .isEqualTo("/session?return_to=%2Fapp%2Facme%2Fworkspaces%3Fsearch%3Dx");
    }

    @Test
    void runs_nothing_but_our_scripts_and_is_kept_and_framed_by_nobody() {
      Answer page = signedIn().open("/app");

      assertThat(page.header("Content-Security-Policy").orElse(""))
          .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
          .doesNotContain("unsafe");
      assertThat(page.header("Cache-Control")).isEqualTo(Optional.of("no-store"));
      assertThat(page.header("X-Content-Type-Options")).isEqualTo(Optional.of("nosniff"));
      assertThat(page.text()).doesNotContain("<script>").doesNotContain(" onclick");
    }

    @Test
    void shows_what_others_have_written_as_text() {
      Browser browser = signedIn();
      browser.submit("/app/organizations/new", Map.of("name", "hostile", "email", "a@example.com"));
      browser.submit(
          "/app/hostile/workspaces/new",
          Map.of("name", "net", "description", "<script>alert(1)</script>\"'"));

      String page = browser.open("/app/hostile/workspaces/net").text();
      String search = browser.open("/app/hostile/workspaces?search=%22%3E%3Cb%3E").text();

      assertThat(page).contains("&lt;script&gt;alert(1)&lt;/script&gt;");
      assertThat(page).doesNotContain("<script>alert");
      assertThat(search).doesNotContain("\"><b>");
    }

    @Test
    void that_is_not_there_says_so_as_a_page() {
      Answer page = signedIn().open("/app/nowhere/workspaces");

      assertThat(page.status()).isEqualTo(404);
      assertThat(page.header("Content-Type").orElse("")).startsWith("text/html");
      assertThat(page.text()).contains("Nothing here");
    }
  }
}
