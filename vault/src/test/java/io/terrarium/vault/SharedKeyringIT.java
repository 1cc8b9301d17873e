package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.Transit;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedKeyringIT {
  private static final int ROTATIONS = 10;
  private static final int TEXTS = 200;

  @TempDir private static Path directory;
  private static VaultFixture fixture;

  private Service one;
  private Service other;
  private Transit throughOne;
  private Transit throughOther;

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
    one = fixture.start();
    other = fixture.start();
    throughOne = VaultFixture.transit(one);
    throughOther = VaultFixture.transit(other);
  }

  @AfterEach
  void stop() {
    throughOne.close();
    throughOther.close();
    one.close();
    other.close();
  }

  @Test
  void nothing_becomes_unreadable_while_one_vault_rotates_and_the_other_encrypts()
      throws Exception {
    throughOne.encrypt("turning", text("first"));
    List<String> ciphertexts = new ArrayList<>();
    List<byte[]> plaintexts = new ArrayList<>();
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<?> rotating =
          pool.submit(() -> {
            for (int i = 0; i < ROTATIONS; i++) {
              fixture.post(one, "/v1/transit/keys/turning/rotate", "");
            }
          });
      for (int i = 0; i < TEXTS; i++) {
        plaintexts.add(text("text " + i));
        ciphertexts.add(throughOther.encrypt("turning", plaintexts.getLast()));
      }
      rotating.get();
    }

    List<byte[]> read = throughOne.decryptAll("turning", ciphertexts);

    assertThat(read).containsExactlyElementsOf(plaintexts);
    assertThat(throughOther.encrypt("turning", text("last")))
        .startsWith("vault:v" + (ROTATIONS + 1) + ":");
  }

  @Test
  void rotations_by_both_at_once_give_a_version_each() throws Exception {
    throughOne.encrypt("raced", text("first"));
    try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Future<VaultFixture.Answer>> both =
          List.of(
              pool.submit(() -> fixture.post(one, "/v1/transit/keys/raced/rotate", "")),
              pool.submit(() -> fixture.post(other, "/v1/transit/keys/raced/rotate", "")));
      for (Future<VaultFixture.Answer> rotation : both) {
        rotation.get();
      }
    }

    assertThat(fixture.get(one, "/v1/transit/keys/raced").data().path("latest_version").asInt())
        .isEqualTo(3);
  }

  @Test
  void a_key_that_one_replaces_is_not_used_from_the_memory_of_the_other() {
    String old = throughOther.encrypt("replaced", text("gone"));
    fixture.post(one, "/v1/transit/keys/replaced/config", "{\"deletion_allowed\":true}");
    fixture.send(one, VaultFixture.TOKEN, "DELETE", "/v1/transit/keys/replaced", "");
    throughOne.encrypt("replaced", text("new"));

    VaultFixture.Answer answer =
        fixture.post(other, "/v1/transit/decrypt/replaced", "{\"ciphertext\":\"" + old + "\"}");

    assertThat(answer.status()).isEqualTo(400);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
