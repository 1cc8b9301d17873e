package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AccountsIT {
  private static final String TOKENS = "authentication-tokens";

  @AutoClose private final AtlasFixture atlas = AtlasFixture.start();
  private final String self = "/api/v2/users/" + atlas.admin().get("/api/v2/account/details").id();

  @Nested
  class An_account {
    @Test
    void is_shown_in_full_to_its_owner() {
      Answer answer = atlas.admin().get("/api/v2/account/details");

      assertThat(answer.status()).isEqualTo(200);
      Golden.assertSame("account-details.json", answer.json());
      assertThat(atlas.admin().get(self).json()).isEqualTo(answer.json());
    }

    @Test
    void changes_its_address_and_keeps_the_rest() {
      Answer changed =
          atlas
              .admin()
              .patch("/api/v2/account/update", "users", Map.of("email", "other@example.com"));
      Answer back =
          atlas
              .admin()
              .patch("/api/v2/account/update", "users", Map.of("email", "admin@example.com"));

      assertThat(changed.attributes().path("email").asText()).isEqualTo("other@example.com");
      assertThat(changed.attributes().path("username").asText()).isEqualTo("admin");
      assertThat(back.status()).isEqualTo(200);
    }

    @Test
    void refuses_a_name_with_spaces() {
      Answer answer =
          atlas.admin().patch("/api/v2/account/update", "users", Map.of("username", "a b"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.pointer()).isEqualTo("/data/attributes/username");
    }
  }

  @Nested
  class A_password {
    @Test
    void changes_only_with_the_current_one() {
      Answer wrong = change("not the password", "a new password", "a new password");
      Answer right = change("correct horse", "a new password", "a new password");
      Answer again = change("a new password", "correct horse", "correct horse");

      assertThat(wrong.status()).isEqualTo(422);
      assertThat(wrong.pointer()).isEqualTo("/data/attributes/current_password");
      assertThat(right.status()).isEqualTo(200);
      assertThat(again.status()).isEqualTo(200);
    }

    @Test
    void ends_the_sessions_of_all_browsers() {
      try (Browser browser = Browser.signedIn(atlas, "admin")) {
        Answer wrong = change("not the password", "a new password", "a new password");
        int before = browser.open("/app/settings/profile").status();

        change("correct horse", "a new password", "a new password");
        change("a new password", "correct horse", "correct horse");

        assertThat(wrong.status()).isEqualTo(422);
        assertThat(before).isEqualTo(200);
        assertThat(browser.open("/app/settings/profile").status()).isEqualTo(303);
      }
    }

    @Test
    void may_not_be_longer_than_what_bcrypt_reads() {
      String longer = "x".repeat(73);

      Answer answer = change("correct horse", longer, longer);

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.text()).contains("72 bytes");
    }

    private Answer change(String current, String password, String confirmation) {
      return atlas
          .admin()
          .patch(
              "/api/v2/account/password",
              "users",
              Map.of(
                  "current_password", current,
                  "password", password,
                  "password_confirmation", confirmation));
    }
  }

  @Nested
  class A_token {
    @Test
    void is_shown_once() {
      Answer created = create(Map.of("description", "for the laptop"));
      Answer shown = atlas.admin().get("/api/v2/authentication-tokens/" + created.id());

      assertThat(created.status()).isEqualTo(201);
      assertThat(created.attributes().path("token").asText())
          .matches("[1-9A-HJ-NP-Za-km-z]{14}\\.atlasv1\\.[1-9A-HJ-NP-Za-km-z]{67}");
      assertThat(shown.attributes().path("token").isNull()).isTrue();
      assertThat(shown.attributes().path("description").asText()).isEqualTo("for the laptop");
    }

    @Test
    void works_until_it_is_deleted() {
      Answer created = create(Map.of());
      ApiClient client = atlas.as(created.attributes().path("token").asText());

      int before = client.get("/api/v2/account/details").status();
      int deleted = client.delete("/api/v2/authentication-tokens/" + created.id()).status();
      int after = client.get("/api/v2/account/details").status();

      assertThat(before).isEqualTo(200);
      assertThat(deleted).isEqualTo(204);
      assertThat(after).isEqualTo(401);
    }

    @Test
    void works_until_it_expires() {
      String inAnHour = atlas.clock().instant().plus(Duration.ofHours(1)).toString();
      ApiClient client =
          atlas.as(create(Map.of("expired-at", inAnHour)).attributes().path("token").asText());

      int before = client.get("/api/v2/account/details").status();
      atlas.clock().advance(Duration.ofMinutes(61));
      int after = client.get("/api/v2/account/details").status();

      assertThat(before).isEqualTo(200);
      assertThat(after).isEqualTo(401);
    }

    @Test
    void cannot_expire_in_the_past() {
      Answer answer = create(Map.of("expired-at", "2020-01-01T00:00:00.000Z"));

      assertThat(answer.status()).isEqualTo(422);
      assertThat(answer.pointer()).isEqualTo("/data/attributes/expired-at");
    }

    @Test
    void with_another_secret_is_refused() {
      String token = create(Map.of()).attributes().path("token").asText();
      char last = token.charAt(token.length() - 1);
      String forged = token.substring(0, token.length() - 1) + (last == 'a' ? 'b' : 'a');

      assertThat(atlas.as(token).get("/api/v2/account/details").status()).isEqualTo(200);
      assertThat(atlas.as(forged).get("/api/v2/account/details").status()).isEqualTo(401);
      assertThat(atlas.as("nonsense").get("/api/v2/account/details").status()).isEqualTo(401);
    }

    @Test
    void is_kept_only_as_a_digest() {
      String token = create(Map.of()).attributes().path("token").asText();
      String secret = token.substring(token.lastIndexOf('.') + 1);

      String rows =
          atlas
              .database()
              .read(db ->
                  db.createQuery("SELECT string_agg(t::text, ' ') FROM tokens t")
                      .mapTo(String.class)
                      .one());

      assertThat(rows).doesNotContain(secret);
    }

    @Test
    void of_somebody_who_is_suspended_is_refused_once_forgotten() {
      try (AtlasFixture site = AtlasFixture.start()) {
        int before = site.admin().get("/api/v2/account/details").status();
        site.database().useTransaction(db -> db.execute("UPDATE users SET is_suspended = true"));
        site.clock().advance(Duration.ofSeconds(6));

        int after = site.admin().get("/api/v2/account/details").status();

        assertThat(before).isEqualTo(200);
        assertThat(after).isEqualTo(401);
      }
    }

    @Test
    void of_another_person_is_not_there() {
      assertThat(atlas.admin().get("/api/v2/users/user-other/authentication-tokens").status())
          .isEqualTo(404);
    }

    @Test
    void is_listed_with_its_owner_in_pages() {
      Answer answer = atlas.admin().get(self + "/authentication-tokens?page%5Bsize%5D=1");

      assertThat(answer.json().at("/data").size()).isEqualTo(1);
      assertThat(answer.json().at("/data/0/relationships/created-by/data/type").asText())
          .isEqualTo("users");
      assertThat(answer.json().at("/meta/pagination/page-size").asInt()).isEqualTo(1);
    }

    private Answer create(Map<String, String> attributes) {
      return atlas.admin().post(self + "/authentication-tokens", TOKENS, new HashMap<>(attributes));
    }
  }
}
