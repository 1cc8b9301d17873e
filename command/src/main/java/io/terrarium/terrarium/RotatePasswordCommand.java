package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.vault.EncryptionPassword;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Changes the encryption password, as `tfe-admin rotate-encryption-password` does. Passwords come
/// from files or from stdin, never from arguments, which every user of the machine can read.
@Command(
    name = "rotate-encryption-password",
    mixinStandardHelpOptions = true,
    description = "Changes enc_password, which seals what vault keeps; the data stays as it is.")
final class RotatePasswordCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 2;
  private static final int NEW_BYTES = 24;
  private static final String STDIN = "-";

  private final BufferedReader stdin =
      new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of a mesh that is stopped.")
  private @Nullable Path data;

  @Option(
      names = "--environment",
      description = "Take the database from the environment's variables, as a service does.")
  private boolean environment;

  @Option(
      names = "--old",
      paramLabel = "FILE",
      description = "Holds the password in force; - reads a line of stdin (default: the kept one).")
  private @Nullable String old;

  @Option(
      names = "--new",
      paramLabel = "FILE",
      description =
          "Holds the password to come; - reads a line of stdin (default: a random one, kept).")
  private @Nullable String fresh;

  @Override
  public Integer call() {
    if (environment) {
      Env env = Env.system();
      DatabaseConfig database = DatabaseConfig.from(env, CONNECTIONS);
      env.check();
      if (data == null) {
        report(EncryptionPassword.rotate(database, given("--old", old), given("--new", fresh)));
        return 0;
      }
      try (DataDirectory kept = openStopped(data.toAbsolutePath())) {
        rotate(kept, database);
      }
      return 0;
    }
    try (DataDirectory kept = openStopped(PlaceOptions.data(data));
        EmbeddedPostgres postgres = EmbeddedPostgres.start(kept)) {
      rotate(kept, KeptPassword.database(postgres));
    }
    return 0;
  }

  /// A running mesh has what is kept in memory, and would write over it.
  private static DataDirectory openStopped(Path directory) {
    if (!Files.exists(directory)) {
      throw new MeshFault("there is no data in " + directory + "; see --data");
    }
    if (DataDirectory.isInUse(directory)) {
      throw new MeshFault("a mesh runs on " + directory + "; stop it first");
    }
    return DataDirectory.open(directory);
  }

  private void rotate(DataDirectory directory, DatabaseConfig database) {
    KeptPassword.settle(directory, () -> database);
    Optional<Secret> kept = directory.findSecret(KeptPassword.NAME);
    Secret before = old == null && kept.isPresent() ? kept.get() : given("--old", old);
    if (kept.isEmpty()) {
      report(EncryptionPassword.rotate(database, before, given("--new", fresh)));
      return;
    }
    Secret after = fresh == null ? new Secret(Tokens.hex(NEW_BYTES)) : given("--new", fresh);
    boolean isChanged = KeptPassword.rotate(directory, database, before, after);
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        isChanged
            ? "The encryption password is changed, and the new one is kept with the data."
            : "The new password was in force already; it is kept with the data.");
  }

  private void report(boolean isChanged) {
    PrintWriter out = spec.commandLine().getOut();
    out.println(
        isChanged
            ? "The encryption password is changed."
            : "The new password was in force already.");
    out.println(
        "Set the new one (enc_password, TFE_ENCRYPTION_PASSWORD) before vault starts again; one"
            + " that runs goes on.");
  }

  private Secret given(String option, @Nullable String source) {
    if (source == null) {
      throw new MeshFault("the password is not kept here; name a file that holds it: " + option);
    }
    try {
      String line = source.equals(STDIN) ? stdin.readLine() : Files.readString(Path.of(source));
      if (line == null || line.isBlank()) {
        throw new MeshFault(option + ": no password is there");
      }
      return new Secret(line.strip());
    } catch (IOException e) {
      throw new MeshFault(option + ": " + source + " cannot be read", e);
    }
  }
}
