package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.kernel.vault.TransitFault;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultServerIT {
  private static final Secret TOKEN = new Secret("the token of the test");

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedPostgres postgres;
  private static Platform platform;

  private Service vault;
  private Transit transit;

  @BeforeAll
  static void startServers() {
    data = DataDirectory.open(directory.resolve("data"));
    postgres = EmbeddedPostgres.start(data);
    platform = Platform.start();
  }

  @AfterAll
  static void stopServers() {
    platform.close();
    postgres.close();
    data.close();
  }

  @BeforeEach
  void start() {
    vault = VaultServer.start(config("the right password"), platform);
    transit = transit(TOKEN);
  }

  @AfterEach
  void stop() {
    transit.close();
    vault.close();
  }

  private static VaultConfig config(String password) {
    return new VaultConfig(
        HttpAddress.loopback(0),
        new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 3),
        new Secret(password),
        TOKEN);
  }

  private Transit transit(Secret token) {
    return new Transit(new TransitConfig(address(), token));
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + vault.port());
  }

  @Test
  void what_is_encrypted_is_decrypted_after_a_restart() {
    String ciphertext = transit.encrypt("atlas_test", bytes("a secret"));
    stop();
    start();

    byte[] plaintext = transit.decrypt("atlas_test", ciphertext);

    assertThat(ciphertext).startsWith("vault:v1:");
    assertThat(plaintext).isEqualTo(bytes("a secret"));
  }

  @Test
  void a_batch_keeps_its_order() {
    List<String> ciphertexts =
        transit.encryptAll("batch", List.of(bytes("a"), bytes(""), bytes("c")));

    List<byte[]> plaintexts = transit.decryptAll("batch", ciphertexts);

    assertThat(plaintexts).containsExactly(bytes("a"), bytes(""), bytes("c"));
  }

  @Test
  void a_data_key_is_unwrapped_to_the_same_bytes() {
    Transit.DataKey key = transit.dataKey("archivist_test");

    assertThat(key.plaintext()).hasSize(32);
    assertThat(transit.decrypt("archivist_test", key.wrapped())).isEqualTo(key.plaintext());
  }

  @Test
  void old_ciphertexts_are_read_after_a_rotation_and_rewrapped_to_the_new_version()
      throws Exception {
    String old = transit.encrypt("rotated", bytes("kept"));
    assertThat(post("/v1/transit/keys/rotated/rotate", "{}").statusCode()).isEqualTo(204);

    String answer = post("/v1/transit/rewrap/rotated", "{\"ciphertext\":\"" + old + "\"}").body();

    assertThat(answer).contains("vault:v2:");
    assertThat(transit.decrypt("rotated", old)).isEqualTo(bytes("kept"));
  }

  @Test
  void another_token_is_refused_in_vaults_own_words() {
    try (Transit stranger = transit(new Secret("another token"))) {
      assertThatThrownBy(() -> stranger.encrypt("atlas_test", bytes("x")))
          .isInstanceOf(TransitFault.class)
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void a_changed_ciphertext_is_refused() {
    String ciphertext = transit.encrypt("changed", bytes("whole"));
    String changed = ciphertext.substring(0, ciphertext.length() - 6) + "AAAA==";

    assertThatThrownBy(() -> transit.decrypt("changed", changed)).isInstanceOf(TransitFault.class);
  }

  @Test
  void another_encryption_password_is_refused_before_anything_is_read() {
    assertThatThrownBy(() -> VaultServer.start(config("another password"), platform))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining("enc_password");
  }

  @Test
  void health_is_open_to_everybody() throws Exception {
    HttpResponse<String> health =
        http(HttpRequest.newBuilder(URI.create(address() + "/v1/sys/health")).GET());

    assertThat(health.statusCode()).isEqualTo(200);
    assertThat(health.body()).contains("\"sealed\":false");
  }

  private HttpResponse<String> post(String path, String body) throws Exception {
    return http(
        HttpRequest.newBuilder(URI.create(address() + path))
            .header("X-Vault-Token", TOKEN.value())
            .POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  private static HttpResponse<String> http(HttpRequest.Builder request) throws Exception {
    try (HttpClient client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build()) {
      return client.send(request.build(), HttpResponse.BodyHandlers.ofString());
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
