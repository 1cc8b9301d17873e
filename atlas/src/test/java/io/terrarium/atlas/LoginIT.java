package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The steps of `terraform login`, and what others may try with them.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class LoginIT {
  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  @AutoClose private final Browser ada = signedIn("ada");

  private Browser signedIn(String name) {
    atlas.person(name);
    Browser browser = new Browser(atlas.base());
    browser.submit("/session", Map.of("login", name, "password", "correct horse"));
    return browser;
  }

  private LoginAttempt attempt() {
    return new LoginAttempt(atlas);
  }

  private static void assertRefused(Answer answer, String error) {
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().path("error").asText()).isEqualTo(error);
    assertThat(answer.json().path("error_description").asText()).isNotBlank();
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(answer.text()).doesNotContain("access_token");
  }

  @Nested
  class Somebody_whom_terraform_asks {
    @Test
    void signs_in_first_and_comes_back() {
      String address = attempt().address();

      Answer answer;
      try (Browser nobody = new Browser(atlas.base())) {
        answer = nobody.open(address);
      }

      String location = answer.header("Location").orElseThrow();
      assertThat(location).startsWith("/session?return_to=");
      assertThat(LoginAttempt.parameter(location, "return_to")).isEqualTo(address);
    }

    @Test
    void sees_who_asks_for_what() {
      Answer page = ada.open(attempt().with("state", "\"><script>alert(1)</script>").address());

      assertThat(page.status()).isEqualTo(200);
      assertThat(page.text())
          .contains("Let terraform in as ada?", "http://localhost:10000", "API token of yours")
          .doesNotContain("<script>alert");
      assertThat(page.header("Content-Security-Policy").orElseThrow())
          .endsWith("form-action 'self' http://localhost:10000");
    }

    @Test
    void sends_terraform_a_code_and_its_own_state() {
      Answer answer = attempt().approved(ada);

      assertThat(answer.status()).isEqualTo(303);
      assertThat(answer.header("Location").orElseThrow())
          .matches(
              "http://localhost:10000/login\\?code=[0-9A-Za-z]{43}&state=a\\+state\\+%26\\+more");
      assertThat(answer.header("Cache-Control")).contains("no-store");
    }

    @Test
    void may_refuse() {
      assertThat(ada.open(attempt().with("state", "s").address()).text())
          .contains("href=\"http://localhost:10000/login?error=access_denied&amp;state=s\"");
    }

    @Test
    void is_not_made_to_agree_by_another_site() {
      Map<String, String> forged = Map.of("client_id", "terraform-cli");

      Answer without = ada.post("/oauth/authorization", forged, Map.of());
      Answer foreign =
          ada.post("/oauth/authorization", forged, Map.of("Sec-Fetch-Site", "cross-site"));

      assertThat(List.of(without.status(), foreign.status())).containsExactly(403, 403);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "https://evil.example.com/login",
          "http://evil.example.com:10000/login",
          "http://localhost:9999/login",
          "http://localhost:10011/login",
          "http://localhost/login",
          "http://localhost:10000@evil.example.com/login",
          "http://localhost:10000.evil.example.com/login",
          "http://localhost:10000/login/../evil",
          "http://localhost:10000/login?to=evil",
          "http://localhost:10000/",
          "https://localhost:10000/login",
          "//localhost:10000/login",
          "javascript:alert(1)",
          " "
        })
    void is_never_sent_to_another_address_than_their_own_machine(String redirect) {
      LoginAttempt foreign = attempt().with("redirect_uri", redirect);

      for (Answer answer : List.of(ada.open(foreign.address()), foreign.approved(ada))) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("redirect_uri must be").doesNotContain("evil");
      }
    }

    @ParameterizedTest
    @CsvSource({
      "client_id, another-cli",
      "client_id, ''",
      "response_type, token",
      "code_challenge_method, plain",
      "code_challenge_method, ''",
      "code_challenge, ''",
      "code_challenge, too-short",
      "state, ''"
    })
    void is_told_what_is_wrong_and_sent_nowhere(String field, String value) {
      LoginAttempt wrong = attempt().with(field, value);

      for (Answer answer : List.of(ada.open(wrong.address()), wrong.approved(ada))) {
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.header("Location")).isEmpty();
        assertThat(answer.text()).contains("The " + field + " must be");
      }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1:10010/login", "http://localhost:10005/login"})
    void goes_back_to_any_port_that_was_announced(String redirect) {
      assertThat(attempt().with("redirect_uri", redirect).approved(ada).header("Location"))
          .hasValueSatisfying(to -> assertThat(to).startsWith(redirect + "?code="));
    }
  }

  @Nested
  class A_code {
    @Test
    void becomes_a_token_of_who_has_agreed() {
      Answer answer = attempt().exchange(attempt().code(ada), Map.of());

      String token = answer.json().path("access_token").asText();
      Answer self = atlas.as(token).get("/api/v2/account/details");
      Answer tokens = atlas.as(token).get("/api/v2/users/" + self.id() + "/authentication-tokens");
      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.header("Content-Type").orElseThrow()).startsWith("application/json");
      assertThat(answer.json().path("token_type").asText()).isEqualTo("bearer");
      assertThat(answer.header("Cache-Control")).contains("no-store");
      assertThat(self.attribute("username").asText()).isEqualTo("ada");
      assertThat(tokens.listed("description")).contains("terraform login");
    }

    @Test
    void is_good_once() {
      String code = attempt().code(ada);

      Answer first = attempt().exchange(code, Map.of());
      Answer again = attempt().exchange(code, Map.of());

      assertThat(first.status()).isEqualTo(200);
      assertRefused(again, "invalid_grant");
    }

    @Test
    void that_was_stolen_is_worth_nothing_without_the_verifier() {
      String code = attempt().code(ada);

      Answer thief = attempt().exchange(code, Map.of("code_verifier", "guessed".repeat(7)));
      Answer challenge =
          attempt()
              .exchange(
                  attempt().code(ada),
                  Map.of("code_verifier", LoginAttempt.challenge(LoginAttempt.VERIFIER)));
      Answer owner = attempt().exchange(code, Map.of());

      assertRefused(thief, "invalid_grant");
      assertRefused(challenge, "invalid_grant");
      assertRefused(owner, "invalid_grant");
    }

    @Test
    void ends_after_two_minutes() {
      String inTime = attempt().code(ada);
      String late = attempt().code(ada);

      atlas.clock().advance(Duration.ofSeconds(119));
      Answer good = attempt().exchange(inTime, Map.of());
      atlas.clock().advance(Duration.ofSeconds(1));

      assertThat(good.status()).isEqualTo(200);
      assertRefused(attempt().exchange(late, Map.of()), "invalid_grant");
    }

    @Test
    void is_of_the_address_that_it_was_sent_to() {
      Map<String, String> other = Map.of("redirect_uri", "http://localhost:10001/login");

      assertRefused(attempt().exchange(attempt().code(ada), other), "invalid_grant");
    }

    @Test
    void of_somebody_who_is_suspended_meanwhile_is_not_good() {
      Answer answer;
      try (Browser eve = signedIn("eve")) {
        String code = attempt().code(eve);
        atlas
            .database()
            .useTransaction(
                db -> db.execute("UPDATE users SET is_suspended = true WHERE username = 'eve'"));
        answer = attempt().exchange(code, Map.of());
      }

      assertRefused(answer, "invalid_grant");
    }

    @Test
    void is_kept_as_a_digest_alone() {
      String code = attempt().code(ada);

      String kept =
          atlas
              .database()
              .read(db ->
                  db.createQuery("SELECT string_agg(c::text, '') FROM login_codes c")
                      .mapTo(String.class)
                      .one());

      assertThat(kept).isNotBlank().doesNotContain(code).doesNotContain(LoginAttempt.VERIFIER);
    }
  }

  @Nested
  class A_request_for_a_token {
    @ParameterizedTest
    @CsvSource({
      "grant_type, password, unsupported_grant_type",
      "grant_type, '', invalid_request",
      "client_id, another-cli, invalid_client",
      "client_id, '', invalid_request",
      "code, '', invalid_request",
      "code, guessed, invalid_grant",
      "code_verifier, '', invalid_request",
      "redirect_uri, '', invalid_request"
    })
    void is_refused_in_the_words_of_oauth(String field, String value, String error) {
      assertRefused(attempt().exchange(attempt().code(ada), Map.of(field, value)), error);
    }

    @Test
    void that_is_no_form_or_says_a_thing_twice_is_refused() {
      String form = "grant_type=authorization_code&client_id=terraform-cli&code=a&code=b";

      Stream.of(
              attempt().token(form),
              attempt().token(""),
              attempt().token("%zz"),
              attempt().sent("{}", "application/json"))
          .forEach(answer -> assertRefused(answer, "invalid_request"));
    }

    @Test
    void by_a_browser_on_another_site_is_not_readable_there() {
      Answer answer = attempt().exchange(attempt().code(ada), Map.of());

      assertThat(answer.header("Access-Control-Allow-Origin")).isEqualTo(Optional.empty());
    }
  }
}
