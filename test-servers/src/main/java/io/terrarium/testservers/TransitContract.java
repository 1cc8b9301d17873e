package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.kernel.vault.TransitConfig.Token;
import io.terrarium.kernel.vault.TransitFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of Vault's transit engine, whoever serves it.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class TransitContract {
  private final Parts parts = new Parts("transit suite");
  private final String key = "contract_" + Tokens.hex(6);
  private BackingServer<TransitConfig> server;
  private Transit transit;

  /// A vault for this suite, with the transit engine at `transit`.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<TransitConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
    transit = parts.add(new Transit(server.config()));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @Nested
  class A_ciphertext {
    @Test
    void is_decrypted_to_what_it_was() {
      String ciphertext = transit.encrypt(key, bytes("a secret"));

      assertThat(ciphertext).startsWith("vault:v1:");
      assertThat(transit.decrypt(key, ciphertext)).isEqualTo(bytes("a secret"));
    }

    @Test
    void keeps_its_place_in_a_batch() {
      List<String> ciphertexts =
          transit.encryptAll(key, List.of(bytes("a"), bytes(""), bytes("c")));

      assertThat(transit.decryptAll(key, ciphertexts))
          .containsExactly(bytes("a"), bytes(""), bytes("c"));
    }

    @Test
    void is_refused_when_it_was_changed() {
      String ciphertext = transit.encrypt(key, bytes("whole"));
      String changed = ciphertext.substring(0, ciphertext.length() - 6) + "AAAA==";

      assertThatThrownBy(() -> transit.decrypt(key, changed)).isInstanceOf(TransitFault.class);
    }

    @Test
    void of_before_a_rotation_is_read_and_rewrapped() throws Exception {
      String rotated = key + "_rotated";
      String old = transit.encrypt(rotated, bytes("kept"));
      post("/v1/transit/keys/" + rotated + "/rotate", "{}");

      assertThat(transit.rewrapAll(rotated, List.of(old)))
          .singleElement()
          .asString()
          .startsWith("vault:v2:");
      assertThat(transit.decrypt(rotated, old)).isEqualTo(bytes("kept"));
      assertThat(transit.encrypt(rotated, bytes("new"))).startsWith("vault:v2:");
    }
  }

  @Nested
  class A_data_key {
    @Test
    void is_unwrapped_to_the_same_bytes() {
      Transit.DataKey fresh = transit.dataKey(key);

      assertThat(fresh.plaintext()).hasSize(32);
      assertThat(transit.decrypt(key, fresh.wrapped())).isEqualTo(fresh.plaintext());
    }
  }

  @Nested
  class A_wrong_token {
    @Test
    void is_refused_in_vaults_own_words() {
      try (Transit stranger =
          new Transit(new TransitConfig(server.config().address(), new Secret("another token")))) {
        assertThatThrownBy(() -> stranger.encrypt(key, bytes("x")))
            .isInstanceOf(TransitFault.class)
            .hasMessageContaining("permission denied")
            .message()
            .doesNotContain("another token");
      }
    }
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    TransitConfig config = server.config();
    assertThat(config.login()).as("the suite rotates by a token").isInstanceOf(Token.class);
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(config.address() + path))
            .header("X-Vault-Token", ((Token) config.login()).token().value())
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request, HttpResponse.BodyHandlers.ofString());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
