package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitFault;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VaultServerIT {
  @TempDir private static Path directory;
  private static VaultFixture fixture;

  private Service vault;
  private Transit transit;

  @BeforeAll
  static void startServers() {
    fixture = new VaultFixture(directory);
  }

  @AfterAll
  static void stopServers() {
    fixture.close();
  }

  @BeforeEach
  void start() {
    vault = fixture.start();
    transit = VaultFixture.transit(vault);
  }

  @AfterEach
  void stop() {
    transit.close();
    vault.close();
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
  void old_ciphertexts_are_read_after_a_rotation_and_rewrapped_to_the_new_version() {
    String old = transit.encrypt("rotated", bytes("kept"));
    fixture.post(vault, "/v1/transit/keys/rotated/rotate", "{}");

    List<String> rewrapped = transit.rewrapAll("rotated", List.of(old));

    assertThat(rewrapped).singleElement().asString().startsWith("vault:v2:");
    assertThat(transit.decryptAll("rotated", List.of(old, rewrapped.getFirst())))
        .containsExactly(bytes("kept"), bytes("kept"));
  }

  @Test
  void a_failure_tells_nothing_of_what_was_read_beside_it() {
    String good = transit.encrypt("told", bytes("not to be told"));

    assertThatThrownBy(() -> transit.decryptAll("told", List.of(good, "vault:v9:AAAA")))
        .isInstanceOf(TransitFault.class)
        .hasMessageContaining("version is too new")
        .hasStackTraceContaining("TransitFault")
        .satisfies(
            fault -> assertThat(fault).hasMessageNotContaining("bm90IHRvIGJlIHRvbGQ").hasNoCause());
  }

  @Test
  void another_encryption_password_is_refused_before_anything_is_read() {
    assertThatThrownBy(() -> fixture.start(new Secret("another password"), Duration.ofDays(1)))
        .isInstanceOf(SettingsFault.class)
        .hasMessageContaining("enc_password");
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
