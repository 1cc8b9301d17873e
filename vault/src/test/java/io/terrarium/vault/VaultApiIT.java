package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VaultApiIT {
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

  private static String encrypted(String key, String more) {
    return vault
        .post("transit/encrypt/" + key, "{\"plaintext\":\"c2VjcmV0\"" + more + "}")
        .data()
        .path("ciphertext")
        .asText();
  }

  @Nested
  class A_request {
    @Test
    void is_answered_in_the_envelope() {
      VaultFixture.Answer answer = vault.post("transit/random/16", "{\"format\":\"hex\"}");

      assertThat(answer.json().propertyStream().map(Map.Entry::getKey))
          .containsExactly(
              "request_id",
              "lease_id",
              "renewable",
              "lease_duration",
              "data",
              "wrap_info",
              "warnings",
              "auth");
      assertThat(answer.data().path("random_bytes").asText()).matches("[0-9a-f]{32}");
    }

    @ParameterizedTest
    @ValueSource(strings = {"secret/data/x", "transit/sign/key", "sys/mounts", "auth/token/create"})
    void of_what_is_not_there_has_no_handler(String path) {
      VaultFixture.Answer answer = vault.get(path);

      assertThat(answer.status()).isEqualTo(404);
      assertThat(answer.error())
          .isEqualTo("no handler for route \"" + path + "\". route entry not found.");
    }

    @Test
    void without_a_token_is_denied() {
      VaultFixture.Answer answer = vault.as(new Secret("wrong"), "GET", "transit/keys/x", "");

      assertThat(answer)
          .isEqualTo(new VaultFixture.Answer(403, "{\"errors\":[\"permission denied\"]}"));
    }

    @Test
    void that_is_no_json_is_refused_in_vaults_shape() {
      VaultFixture.Answer answer = vault.post("transit/encrypt/x", "{");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).startsWith("failed to parse JSON input");
    }
  }

  @Nested
  class A_batch {
    @Test
    void of_which_some_fail_is_400_and_holds_the_others() {
      VaultFixture.Answer answer =
          vault.post(
              "transit/encrypt/some",
              """
              {"batch_input":[{"plaintext":"c2VjcmV0","reference":"a"},
                              {"plaintext":"***","reference":"b"}]}
              """);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.data().at("/batch_results/0/ciphertext").asText()).startsWith("vault:v1:");
      assertThat(answer.data().at("/batch_results/0/reference").asText()).isEqualTo("a");
      assertThat(answer.data().at("/batch_results/1/error").asText()).contains("base64");
      assertThat(answer.data().at("/batch_results/1/reference").asText()).isEqualTo("b");
    }

    @ParameterizedTest
    @CsvSource({"c2VjcmV0, 207", "***, 400"})
    void answers_with_another_status_where_only_some_failed(String first, int status) {
      VaultFixture.Answer answer =
          vault.post(
              "transit/encrypt/other",
              """
              {"partial_failure_response_code":207,
               "batch_input":[{"plaintext":"%s"},{"plaintext":"***"}]}
              """
                  .formatted(first));

      assertThat(answer.status()).isEqualTo(status);
    }

    @Test
    void of_nothing_is_refused() {
      VaultFixture.Answer answer = vault.post("transit/encrypt/none", "{\"batch_input\":[]}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("missing batch input to process");
    }
  }

  @Nested
  class A_ciphertext {
    @Test
    void with_associated_data_is_read_with_the_same_alone() {
      String sealed = encrypted("bound", ",\"associated_data\":\"YQ==\"");
      String read = "{\"ciphertext\":\"%s\",\"associated_data\":\"%s\"}";

      VaultFixture.Answer same =
          vault.post("transit/decrypt/bound", read.formatted(sealed, "YQ=="));
      VaultFixture.Answer other =
          vault.post("transit/decrypt/bound", read.formatted(sealed, "Yg=="));

      assertThat(same.data().path("plaintext").asText()).isEqualTo("c2VjcmV0");
      assertThat(other.status()).isEqualTo(400);
    }

    @Test
    void is_made_by_the_version_that_is_asked_for() {
      encrypted("versions", "");
      vault.post("transit/keys/versions/rotate", "");

      assertThat(encrypted("versions", "")).startsWith("vault:v2:");
      assertThat(encrypted("versions", ",\"key_version\":1")).startsWith("vault:v1:");
    }

    @ParameterizedTest
    @CsvSource(
        delimiter = '|',
        value = {
          "vault:v9:AAAA | invalid ciphertext: version is too new",
          "vaults:v1:AAAA | invalid ciphertext: no prefix",
          "vault:v1 | invalid ciphertext: wrong number of fields",
          "vault:v1:*** | invalid ciphertext: could not decode base64"
        })
    void that_is_none_is_refused_in_vaults_words(String ciphertext, String error) {
      encrypted("wrong", "");

      VaultFixture.Answer answer =
          vault.post("transit/decrypt/wrong", "{\"ciphertext\":\"" + ciphertext + "\"}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo(error);
    }

    @Test
    void of_a_version_below_the_least_is_refused_until_the_least_is_lowered() {
      String old = "{\"ciphertext\":\"" + encrypted("floor", "") + "\"}";
      vault.post("transit/keys/floor/rotate", "");
      vault.post("transit/keys/floor/config", "{\"min_decryption_version\":2}");
      VaultFixture.Answer refused = vault.post("transit/decrypt/floor", old);
      vault.post("transit/keys/floor/config", "{\"min_decryption_version\":1}");

      VaultFixture.Answer read = vault.post("transit/decrypt/floor", old);

      assertThat(refused.error())
          .isEqualTo("ciphertext or signature version is disallowed by policy (too old)");
      assertThat(read.status()).isEqualTo(200);
    }
  }

  @Nested
  class A_key {
    @Test
    void is_made_once_and_listed_by_both_methods() {
      VaultFixture.Answer made = vault.post("transit/keys/listed", "{\"type\":\"aes256-gcm96\"}");
      VaultFixture.Answer again = vault.post("transit/keys/listed", "{}");

      assertThat(made.data().path("latest_version").asInt()).isEqualTo(1);
      assertThat(again.json().path("warnings").path(0).asText()).contains("already existed");
      assertThat(vault.as(VaultFixture.TOKEN, "LIST", "transit/keys", "").body())
          .contains("listed");
      assertThat(vault.get("transit/keys?list=true").body()).contains("listed");
      assertThat(vault.get("transit/keys").status()).isEqualTo(405);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"type\":\"rsa-4096\"}",
          "{\"derived\":true}",
          "{\"exportable\":true}",
          "{\"auto_rotate_period\":\"24h\"}",
          "{\"managed_key_name\":\"x\"}"
        })
    void of_another_kind_is_refused_by_name(String body) {
      String name = body.substring(2, body.indexOf('"', 2));

      VaultFixture.Answer answer = vault.post("transit/keys/other_kind", body);

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).contains(name.equals("type") ? "rsa-4096" : name);
    }

    @Test
    void is_not_made_by_a_data_key() {
      VaultFixture.Answer answer = vault.post("transit/datakey/plaintext/nowhere", "{}");

      assertThat(answer.status()).isEqualTo(400);
      assertThat(answer.error()).isEqualTo("encryption key not found");
    }

    @Test
    void is_deleted_only_once_that_is_allowed() {
      vault.post("transit/keys/deleted", "");
      VaultFixture.Answer refused =
          vault.as(VaultFixture.TOKEN, "DELETE", "transit/keys/deleted", "");
      vault.post("transit/keys/deleted/config", "{\"deletion_allowed\":\"true\"}");

      VaultFixture.Answer done = vault.as(VaultFixture.TOKEN, "DELETE", "transit/keys/deleted", "");

      assertThat(refused.error()).isEqualTo("deletion is not allowed for this key");
      assertThat(done.status()).isEqualTo(204);
      assertThat(vault.get("transit/keys/deleted").status()).isEqualTo(404);
    }

    @Test
    void is_trimmed_of_versions_that_nobody_may_use() {
      vault.post("transit/keys/trimmed", "");
      vault.post("transit/keys/trimmed/rotate", "");
      VaultFixture.Answer tooSoon =
          vault.post("transit/keys/trimmed/trim", "{\"min_available_version\":2}");
      vault.post(
          "transit/keys/trimmed/config",
          "{\"min_decryption_version\":2,\"min_encryption_version\":2}");

      VaultFixture.Answer done =
          vault.post("transit/keys/trimmed/trim", "{\"min_available_version\":2}");

      assertThat(tooSoon.status()).isEqualTo(400);
      assertThat(done.data().path("keys").has("1")).isFalse();
      assertThat(done.data().path("min_available_version").asInt()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(
        strings = {
          "{\"min_decryption_version\":9}",
          "{\"min_encryption_version\":-1}",
          "{\"x\":1}"
        })
    void is_not_configured_to_what_makes_no_sense(String body) {
      vault.post("transit/keys/configured", "");

      assertThat(vault.post("transit/keys/configured/config", body).status()).isEqualTo(400);
    }
  }
}
