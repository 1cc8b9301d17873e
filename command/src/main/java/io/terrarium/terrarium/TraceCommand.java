package io.terrarium.terrarium;

import io.terrarium.kernel.settings.Env;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Prints every hop of a run, or of what comes from Git.
@Command(
    name = "trace",
    mixinStandardHelpOptions = true,
    description =
        "Prints every hop of a run, a webhook, an ingress or a module: from where to where, over"
            + " what, how long.")
final class TraceCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Parameters(
      index = "0",
      paramLabel = "ID",
      description =
          "Of a run (run-…), a webhook's delivery (whd-…), a configuration from Git (cv-…), a module"
              + " (mod-…) or a version of one (modver-…).")
  private String flow = "";

  @Mixin private RunningMeshOptions running = new RunningMeshOptions();

  @Option(
      names = "--token-file",
      paramLabel = "FILE",
      description = "File with an API token (default: $TERRARIUM_TOKEN, or the demo's).")
  private @Nullable Path tokenFile;

  @Option(names = "--sent", description = "Show what each hop carried, too; secrets never are.")
  private boolean sent;

  @Override
  public Integer call() {
    URI base = running.address();
    ApiAccess api = new ApiAccess(base, token(Credentials.read(running.data())));
    PrintWriter out = spec.commandLine().getOut();
    Trace trace = new Trace(api);
    if (sent) {
      trace.printWithContent(flow, out);
    } else {
      trace.print(flow, out);
    }
    return 0;
  }

  private String token(Optional<Credentials> demo) {
    if (tokenFile != null) {
      return RunningMeshOptions.text("the token file", tokenFile);
    }
    return Env.system()
        .find("TERRARIUM_TOKEN")
        .or(() -> demo.map(Credentials::token))
        .orElseThrow(
            () -> new MeshFault("a token is needed: --token-file FILE, or TERRARIUM_TOKEN"));
  }
}
