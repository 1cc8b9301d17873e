package io.terrarium.vault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.tls.Trust;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.kernel.vault.TransitFault;
import io.terrarium.testservers.Certificates;
import io.terrarium.testservers.TlsFront;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The mesh as a client that logs in by AppRole, under the policy that the documents ask for.
class SessionIT {
  @TempDir private static Path directory;
  private static VaultFixture fixture;
  private static Database database;

  private Service vault;
  private Transit transit;

  @BeforeAll
  static void startServers() {
    fixture = new VaultFixture(directory);
    fixture.start().close();
    database = Database.open(fixture.database(), "test", "vault", List.of());
  }

  @AfterAll
  static void stopServers() {
    database.close();
    fixture.close();
  }

  @BeforeEach
  void start() {
    database.useTransaction(db -> db.execute("DELETE FROM client_tokens"));
    vault = fixture.start();
    transit = client("the-secret");
  }

  @AfterEach
  void stop() {
    transit.close();
    vault.close();
  }

  private Transit client(String secret) {
    return new Transit(
        new TransitConfig(
            VaultFixture.address(vault),
            Optional.of("a/namespace"),
            new TransitConfig.AppRole("auth/approle", "the-role", new Secret(secret)),
            Duration.ofHours(1),
            Trust.system()));
  }

  private static int tokens(String where) {
    return database.read(db ->
        db.createQuery("SELECT count(*) FROM client_tokens WHERE " + where)
            .mapTo(Integer.class)
            .one());
  }

  @Nested
  class The_mesh_in_a_role {
    @Test
    void needs_nothing_that_the_policy_does_not_grant() {
      String ciphertext = transit.encrypt("atlas_variables", text("value"));
      Transit.DataKey key = transit.dataKey("archivist_fresh");
      transit.check();

      assertThat(transit.decrypt("atlas_variables", ciphertext)).isEqualTo(text("value"));
      assertThat(transit.rewrapAll("atlas_variables", List.of(ciphertext))).hasSize(1);
      assertThat(transit.decrypt("archivist_fresh", key.wrapped())).isEqualTo(key.plaintext());
    }

    @Test
    void believes_the_authorities_of_its_bundle_and_no_other(@TempDir Path place)
        throws IOException {
      Certificates certificates = Certificates.in(place);
      Trust bundle = Trust.with(Files.readString(certificates.authority()));
      try (TlsFront front = TlsFront.start(certificates, vault.port());
          Transit believing = new Transit(over(front, bundle));
          Transit wary = new Transit(over(front, Trust.system()))) {
        assertThat(believing.encrypt("atlas_variables", text("value"))).startsWith("vault:v1:");
        assertThatThrownBy(wary::check).hasStackTraceContaining("certificat");
      }
    }

    private static TransitConfig over(TlsFront front, Trust trust) {
      return new TransitConfig(
          URI.create("https://localhost:" + front.port()),
          Optional.empty(),
          new TransitConfig.Token(VaultFixture.TOKEN),
          Duration.ofHours(1),
          trust);
    }

    @Test
    void logs_in_once_however_many_threads_ask() throws Exception {
      try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<String>> calls =
            IntStream.range(0, 50)
                .mapToObj(i -> pool.submit(() -> transit.encrypt("atlas_many", text("x" + i))))
                .toList();
        for (Future<String> call : calls) {
          assertThat(call.get()).startsWith("vault:v1:");
        }
      }

      assertThat(tokens("true")).isEqualTo(1);
    }

    @Test
    void logs_in_again_once_when_its_token_is_gone() throws Exception {
      transit.encrypt("atlas_again", text("before"));
      database.useTransaction(db -> db.execute("DELETE FROM client_tokens"));

      try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
        List<Future<String>> calls =
            IntStream.range(0, 20)
                .mapToObj(i -> pool.submit(() -> transit.encrypt("atlas_again", text("x" + i))))
                .toList();
        for (Future<String> call : calls) {
          assertThat(call.get()).startsWith("vault:v1:");
        }
      }

      assertThat(tokens("true")).isEqualTo(1);
    }

    @Test
    void keeps_its_token_over_a_restart_of_vault() {
      String ciphertext = transit.encrypt("atlas_kept", text("kept"));
      int port = vault.port();
      vault.close();
      vault = fixture.startAt(port);

      byte[] read = transit.decrypt("atlas_kept", ciphertext);

      assertThat(read).isEqualTo(text("kept"));
      assertThat(tokens("true")).isEqualTo(1);
    }

    @Test
    void renews_its_token_before_its_time_is_over() {
      stop();
      vault = fixture.start(VaultFixture.PASSWORD, Duration.ofSeconds(3));
      transit = client("the-secret");
      transit.encrypt("atlas_renewed", text("x"));

      Eventually.until("a renewal", () -> tokens("renewed_at IS NOT NULL") == 1);

      assertThat(tokens("true")).isEqualTo(1);
    }

    @Test
    void does_not_log_in_again_where_the_policy_denies() {
      assertThatThrownBy(() -> transit.encrypt("others", text("x")))
          .isInstanceOf(TransitFault.class)
          .hasMessageContaining("permission denied")
          .hasMessageContaining("policy")
          .hasMessageContaining("/v1/transit/encrypt/others");
      assertThat(tokens("true")).isEqualTo(1);
    }

    @Test
    void is_told_when_its_secret_is_wrong() {
      try (Transit stranger = client("wrong")) {
        assertThatThrownBy(() -> stranger.encrypt("atlas_x", text("x")))
            .isInstanceOf(TransitFault.class)
            .hasMessageContaining("invalid role or secret ID");
      }
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
