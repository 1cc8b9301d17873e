package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.jopenlibs.vault.Vault;
import io.github.jopenlibs.vault.VaultConfig;
import io.github.jopenlibs.vault.VaultException;
import io.github.jopenlibs.vault.response.AuthResponse;
import io.github.jopenlibs.vault.response.HealthResponse;
import io.github.jopenlibs.vault.response.LogicalResponse;
import io.github.jopenlibs.vault.response.LookupResponse;
import io.terrarium.kernel.runtime.Service;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A client library for Vault that knows nothing of us.
class VaultDriverIT {
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

  private static Vault client(String token) throws VaultException {
    return Vault.create(
        new VaultConfig()
            .address(VaultFixture.address(vault).toString())
            .token(token)
            .engineVersion(1)
            .build());
  }

  private static AuthResponse login() throws VaultException {
    return client("").auth().loginByAppRole("the-role", "the-secret");
  }

  @Nested
  class The_driver {
    @Test
    void sees_that_we_are_well() throws VaultException {
      HealthResponse health = client("").debug().health(true, true, 200, 429, 472, 473, 503, 501);

      assertThat(health.getInitialized()).isTrue();
      assertThat(health.getSealed()).isFalse();
      assertThat(health.getRestResponse().getStatus()).isEqualTo(200);
    }

    @Test
    void logs_in_by_app_role() throws VaultException {
      AuthResponse login = login();

      assertThat(login.getAuthClientToken()).startsWith("hvs.");
      assertThat(login.isAuthRenewable()).isTrue();
      assertThat(login.getAuthLeaseDuration()).isEqualTo(86_400L);
      assertThat(login.getAuthPolicies()).containsExactly("terrarium");
      assertThat(login.getTokenAccessor()).isNotBlank();
    }

    @Test
    void looks_its_token_up_renews_and_revokes_it() throws VaultException {
      Vault client = client(login().getAuthClientToken());
      LookupResponse self = client.auth().lookupSelf();
      AuthResponse renewed = client.auth().renewSelf();
      client.auth().revokeSelf();

      assertThat(self.getPath()).isEqualTo("auth/approle/login");
      assertThat(self.isRenewable()).isTrue();
      assertThat(renewed.getAuthLeaseDuration()).isEqualTo(86_400L);
      assertThatThrownBy(() -> client.auth().lookupSelf())
          .isInstanceOfSatisfying(
              VaultException.class,
              refused -> assertThat(refused.getHttpStatusCode()).isEqualTo(403));
    }

    @Test
    void encrypts_and_decrypts() throws VaultException {
      Vault client = client(login().getAuthClientToken());

      LogicalResponse sealed =
          client.logical().write("transit/encrypt/atlas_driver", Map.of("plaintext", "ZHJpdmVy"));
      LogicalResponse read =
          client
              .logical()
              .write(
                  "transit/decrypt/atlas_driver",
                  Map.of("ciphertext", sealed.getData().get("ciphertext")));

      assertThat(read.getData()).containsEntry("plaintext", "ZHJpdmVy");
    }

    @Test
    void makes_reads_rotates_and_lists_keys() throws VaultException {
      Vault client = client(VaultFixture.TOKEN.value());
      client.logical().write("transit/keys/of_driver", Map.of("type", "aes256-gcm96"));
      client.logical().write("transit/keys/of_driver/rotate", Map.of());

      LogicalResponse key = client.logical().read("transit/keys/of_driver");
      LogicalResponse list = client.logical().list("transit/keys");

      assertThat(key.getData()).containsEntry("latest_version", "2");
      assertThat(list.getListData()).contains("of_driver");
    }
  }
}
