package io.terrarium.terrarium;

import io.terrarium.embedded.EmbeddedFault;
import io.terrarium.kernel.runtime.Release;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.terrarium.bench.BenchCommand;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/// The command line. Exit codes: 0 it worked, 1 it did not, 2 the command line was wrong.
@Command(
    name = "terrarium",
    mixinStandardHelpOptions = true,
    version = "terrarium " + Terrarium.VERSION,
    description = "Terraform Enterprise in a glass jar: the whole service mesh on this machine.",
    subcommands = {
      UpCommand.class,
      DemoCommand.class,
      AppCommand.class,
      AdminCommand.class,
      TraceCommand.class,
      BackupCommand.class,
      RestoreCommand.class,
      BenchCommand.class,
      TestMeshCommand.class,
      GitTokenCommand.class
    })
public final class Terrarium implements Runnable {
  public static final String VERSION = Release.VERSION;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  public static void main(String[] args) {
    System.exit(
        run(
            new PrintWriter(System.out, true, StandardCharsets.UTF_8),
            new PrintWriter(System.err, true, StandardCharsets.UTF_8),
            args));
  }

  static int run(PrintWriter out, PrintWriter err, String... args) {
    CommandLine line = new CommandLine(new Terrarium()).setOut(out).setErr(err);
    line.setExecutionExceptionHandler((e, command, _) -> explain(e, command.getErr()));
    return line.execute(args);
  }

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// One line a problem; the whole story is in the log, or here when it is asked for.
  private static int explain(Exception e, PrintWriter err) {
    for (String line : problems(e)) {
      err.println("terrarium: " + line);
    }
    if (Env.system().flag("TERRARIUM_DEBUG", false)) {
      e.printStackTrace(err);
    }
    err.flush();
    return 1;
  }

  private static List<String> problems(Exception e) {
    Optional<SettingsFault> settings =
        Stream.<Throwable>iterate(e, cause -> cause != null, Throwable::getCause)
            .filter(SettingsFault.class::isInstance)
            .map(SettingsFault.class::cast)
            .findFirst();
    if (settings.isPresent()) {
      return settings.get().problems();
    }
    String message = e.getMessage();
    boolean isForPeople = e instanceof MeshFault || e instanceof EmbeddedFault;
    return List.of(
        isForPeople && message != null
            ? message
            : "it failed: " + e + " (TERRARIUM_DEBUG=1 shows where)");
  }
}
