package io.terrarium.terrarium;

import io.terrarium.core.rewrap.Rewrapping;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Brings stored secrets to the newest version of vault's keys, beside a mesh that runs.
@Command(
    name = "rewrap",
    mixinStandardHelpOptions = true,
    description = {
      "Brings stored secrets to the newest version of vault's keys, after a rotation.",
      "The mesh goes on meanwhile. When it is cut short, run it again."
    })
final class RewrapCommand implements Callable<Integer> {
  private static final int CONNECTIONS = 2;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory of a mesh that runs.")
  private @Nullable Path data;

  @Option(
      names = "--environment",
      description = "Take database and vault from the environment's variables, as atlas does.")
  private boolean environment;

  @Override
  public Integer call() {
    Env env = environment ? Env.system() : MeshFile.read(PlaceOptions.data(data));
    DatabaseConfig database = DatabaseConfig.from(env, CONNECTIONS);
    TransitConfig vault = TransitConfig.from(env);
    env.check();
    PrintWriter out = spec.commandLine().getOut();
    try (Rewrapping rewrapping = Rewrapping.open(database, vault)) {
      boolean isWhole =
          rewrapping.run(done -> {
            out.printf("%s: %d rewrapped%n", done.place(), done.rewrapped());
            if (done.failed() > 0) {
              out.printf(
                  "%s: %d that vault cannot read, left as they are; the log names them%n",
                  done.place(), done.failed());
            }
          });
      out.println(
          isWhole
              ? "All of it is of the newest version. Objects are not rewrapped: leave archivist_objects"
                  + " as it is."
              : "Not all of it could be rewrapped: do not raise min_decryption_version yet.");
      return isWhole ? 0 : 1;
    }
  }
}
