package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultTokensIT {
  @TempDir private static Path directory;
  private static OneVault vault;

  @BeforeAll
  static void start() {
    vault = new OneVault(directory);
  }

  @AfterAll
  static void stop() {
    vault.close();
  }

  @Nested
  class A_token {
    @Test
    void of_a_login_is_leased_and_looks_itself_up() {
      Secret token = vault.login();

      VaultFixture.Answer self = vault.as(token, "GET", "auth/token/lookup-self", "");

      assertThat(token.value()).startsWith("hvs.");
      assertThat(self.data().path("creation_ttl").asLong()).isEqualTo(86_400L);
      assertThat(self.data().path("policies").path(0).asText()).isEqualTo("terrarium");
      assertThat(self.data().path("renewable").asBoolean()).isTrue();
    }

    @Test
    void of_a_login_is_renewed() {
      Secret token = vault.login();

      VaultFixture.Answer renewed = vault.as(token, "POST", "auth/token/renew-self", "{}");

      assertThat(renewed.json().at("/auth/client_token").asText()).isEqualTo(token.value());
      assertThat(renewed.json().at("/auth/lease_duration").asLong()).isEqualTo(86_400L);
    }

    @Test
    void of_a_login_is_known_to_every_vault_of_the_keyring_until_it_is_revoked() {
      Secret token = vault.login();
      try (Service other = vault.fixture().start()) {
        VaultFixture.Answer known =
            vault.fixture().send(other, token, "GET", "/v1/auth/token/lookup-self", "");
        vault.fixture().send(other, token, "POST", "/v1/auth/token/revoke-self", "");

        VaultFixture.Answer gone = vault.as(token, "GET", "auth/token/lookup-self", "");

        assertThat(known.status()).isEqualTo(200);
        assertThat(gone.status()).isEqualTo(403);
      }
    }

    @Test
    void ends_with_its_period() {
      try (Service brief = vault.fixture().start(VaultFixture.PASSWORD, Duration.ofSeconds(1))) {
        Secret token = vault.fixture().login(brief);

        Eventually.until(
            "the end of the token",
            () ->
                vault.fixture().send(brief, token, "GET", "/v1/auth/token/lookup-self", "").status()
                    == 403);
      }
    }

    @ParameterizedTest
    @CsvSource({
      "POST, transit/encrypt/atlas_mine, 200",
      "POST, transit/encrypt/others, 403",
      "POST, transit/encrypt/atlas_mine/../others, 400",
      "GET, transit/keys/atlas_mine, 403",
      "LIST, transit/keys, 403",
      "POST, transit/keys/atlas_mine/rotate, 403",
      "POST, transit/datakey/wrapped/archivist_objects, 403",
      "GET, nowhere, 403"
    })
    void of_a_login_may_do_what_its_policy_says(String method, String path, int status) {
      Secret token = vault.login();

      VaultFixture.Answer answer = vault.as(token, method, path, "{\"plaintext\":\"YQ==\"}");

      assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void is_not_given_for_another_secret() {
      VaultFixture.Answer answer =
          vault.post("auth/approle/login", "{\"role_id\":\"the-role\",\"secret_id\":\"guessed\"}");

      assertThat(answer)
          .isEqualTo(new VaultFixture.Answer(400, "{\"errors\":[\"invalid role or secret ID\"]}"));
    }

    @Test
    void of_the_settings_is_neither_renewed_nor_revoked() {
      assertThat(vault.post("auth/token/renew-self", "").status()).isEqualTo(400);
      assertThat(vault.post("auth/token/revoke-self", "").status()).isEqualTo(400);
      assertThat(vault.get("auth/token/lookup-self").data().path("policies").path(0).asText())
          .isEqualTo("root");
    }
  }
}
