package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Service;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VaultHealthIT {
  @TempDir private static Path directory;
  private static VaultFixture fixture;
  private static Service vault;

  @BeforeAll
  static void start() {
    fixture = new VaultFixture(directory);
    vault = fixture.start();
  }

  @AfterAll
  static void stop() {
    vault.close();
    fixture.close();
  }

  private static VaultFixture.Answer as(Secret token, String method, String path, String body) {
    return fixture.send(vault, token, method, "/v1/" + path, body);
  }

  @Nested
  class Health {
    private final Secret nobody = new Secret("none");

    @Test
    void is_open_to_everybody() {
      VaultFixture.Answer answer = as(nobody, "GET", "sys/health", "");

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().path("sealed").asBoolean(true)).isFalse();
      assertThat(answer.json().path("server_time_utc").asLong()).isPositive();
    }

    @Test
    void has_no_body_when_only_its_head_is_asked_for() {
      VaultFixture.Answer answer = as(nobody, "HEAD", "sys/health", "");

      assertThat(answer).isEqualTo(new VaultFixture.Answer(200, ""));
    }

    @ParameterizedTest
    @CsvSource({
      "standbyok=true&perfstandbyok=true, 200",
      "sealedcode=599&uninitcode=598&standbycode=429, 200",
      "activecode=299, 299",
      "standbyok=perhaps, 400",
      "sealedcode=many, 400"
    })
    void takes_the_statuses_that_its_caller_wants(String query, int status) {
      assertThat(as(nobody, "GET", "sys/health?" + query, "").status()).isEqualTo(status);
    }

    @Test
    void tells_that_it_is_initialized_and_not_sealed() {
      assertThat(as(nobody, "GET", "sys/init", "").json().path("initialized").asBoolean()).isTrue();
      assertThat(as(nobody, "GET", "sys/seal-status", "").json().path("sealed").asBoolean(true))
          .isFalse();
    }
  }
}
