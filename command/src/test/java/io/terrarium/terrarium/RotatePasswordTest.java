package io.terrarium.terrarium;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.vault.Transit;
import io.terrarium.kernel.vault.TransitConfig;
import io.terrarium.vault.EncryptionPassword;
import io.terrarium.vault.VaultConfig;
import io.terrarium.vault.VaultServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All on the data of one installation, whatever its password is by then.
class RotatePasswordTest {
  private static final Secret TOKEN = new Secret("token of the test");

  @TempDir private static Path directory;
  private static String ciphertext = "";
  private static Secret inForce = new Secret("");

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @BeforeAll
  static void encryptSomething() {
    ciphertext =
        with((data, postgres) -> {
          inForce = data.secret("enc_password");
          return vault(inForce, postgres, transit -> transit.encrypt("atlas_x", text("kept")));
        });
  }

  /// As a mesh that starts finds it.
  record Found(String kept, boolean isNextKept, boolean opensAsBefore, String text) {}

  private static Found start() {
    Secret before = inForce;
    return with((data, postgres) -> {
      KeptPassword.settle(data, () -> postgres);
      inForce = data.secret("enc_password");
      return new Found(
          inForce.value(),
          data.findSecret("enc_password_next").isPresent(),
          EncryptionPassword.isInForce(postgres, before),
          vault(
              inForce,
              postgres,
              transit ->
                  new String(transit.decrypt("atlas_x", ciphertext), StandardCharsets.UTF_8)));
    });
  }

  private static <T> T vault(Secret password, DatabaseConfig postgres, Function<Transit, T> use) {
    VaultConfig config = new VaultConfig(HttpAddress.loopback(0), postgres, password, TOKEN);
    try (Platform platform = Platform.start();
        Service vault = VaultServer.start(config, platform);
        Transit transit =
            new Transit(new TransitConfig(URI.create("http://127.0.0.1:" + vault.port()), TOKEN))) {
      return use.apply(transit);
    }
  }

  private static <T> T with(BiFunction<DataDirectory, DatabaseConfig, T> work) {
    try (DataDirectory data = DataDirectory.open(directory.resolve("data"));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(data)) {
      return work.apply(data, KeptPassword.database(postgres));
    }
  }

  private int run(String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "admin",
                "rotate-encryption-password",
                "--data",
                directory.resolve("data").toString()));
    arguments.addAll(List.of(more));
    return Terrarium.run(
        new PrintWriter(out, true), new PrintWriter(err, true), arguments.toArray(String[]::new));
  }

  private static String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text + "\n").toString();
  }

  @Nested
  class The_kept_password {
    @Test
    void is_replaced_by_a_random_one_with_which_the_data_is_read() {
      String before = inForce.value();

      int code = run();

      Found found = start();
      assertThat(code).as(err.toString()).isZero();
      assertThat(found.kept()).isNotEqualTo(before).matches("[0-9a-f]{48}");
      assertThat(found).isEqualTo(new Found(found.kept(), false, false, "kept"));
      assertThat(out.toString()).doesNotContain(found.kept());
    }

    @Test
    void is_replaced_by_the_one_of_a_file() throws IOException {
      int code = run("--new", file("new", "correct horse battery"));

      assertThat(code).as(err.toString()).isZero();
      assertThat(start()).isEqualTo(new Found("correct horse battery", false, false, "kept"));
    }

    @Test
    void stays_when_the_old_one_is_wrong() throws IOException {
      int code = run("--old", file("old", "wrong"), "--new", file("new", "another"));

      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).contains("the old password is not the one");
      assertThat(start()).isEqualTo(new Found(inForce.value(), false, true, "kept"));
    }

    @Test
    void is_not_changed_beside_a_mesh_that_runs() {
      int code;
      try (DataDirectory _ = DataDirectory.open(directory.resolve("data"))) {
        code = run();
      }

      assertThat(code).isEqualTo(1);
      assertThat(err.toString()).contains("stop it first");
    }
  }

  @Nested
  class A_change_that_was_cut_short {
    private final Secret next = new Secret("the next password");

    @Test
    void before_the_seal_was_changed_is_forgotten() {
      try (DataDirectory data = DataDirectory.open(directory.resolve("data"))) {
        data.keepSecret("enc_password_next", next);
      }

      assertThat(start()).isEqualTo(new Found(inForce.value(), false, true, "kept"));
    }

    @Test
    void after_the_seal_was_changed_is_finished() {
      with((data, postgres) -> {
        data.keepSecret("enc_password_next", next);
        return EncryptionPassword.rotate(postgres, inForce, next);
      });

      assertThat(start()).isEqualTo(new Found(next.value(), false, false, "kept"));
    }
  }

  @Nested
  class The_seal {
    private final Secret after = new Secret("the one after");

    @Test
    void is_changed_beside_a_vault_that_runs_which_goes_on() {
      String read =
          with((_, postgres) ->
              vault(
                  inForce,
                  postgres,
                  transit -> {
                    EncryptionPassword.rotate(postgres, inForce, after);
                    String later = transit.encrypt("atlas_new", text("later"));
                    EncryptionPassword.rotate(postgres, after, inForce);
                    return new String(transit.decrypt("atlas_new", later), StandardCharsets.UTF_8);
                  }));

      assertThat(read).isEqualTo("later");
    }

    @Test
    void knows_when_the_new_password_is_in_force_already() {
      boolean isChanged =
          with((_, postgres) -> EncryptionPassword.rotate(postgres, after, inForce));

      assertThat(isChanged).isFalse();
    }
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
