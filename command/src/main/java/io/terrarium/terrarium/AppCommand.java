package io.terrarium.terrarium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// What `replicatedctl app` is to Terraform Enterprise.
@Command(
    name = "app",
    mixinStandardHelpOptions = true,
    description = "Reports on the mesh of a data directory.",
    subcommands = AppCommand.StatusCommand.class)
final class AppCommand implements Runnable {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Override
  public void run() {
    spec.commandLine().usage(spec.commandLine().getOut());
  }

  /// The JSON of `replicatedctl app status`; exit code 0 once the mesh is started.
  @Command(
      name = "status",
      mixinStandardHelpOptions = true,
      description = "Prints the state of the mesh as JSON; exit code 0 once it is started.")
  static final class StatusCommand implements Callable<Integer> {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @SuppressWarnings("NullAway.Init") // picocli sets it
    @Spec
    private CommandSpec spec;

    @Option(names = "--data", paramLabel = "DIR", description = "The mesh's data directory.")
    private @Nullable Path data;

    @Override
    public Integer call() throws JsonProcessingException {
      Path directory = PlaceOptions.data(data);
      List<StatusFile.Status> status =
          StatusFile.read(directory)
              .orElseThrow(() -> new MeshFault("no mesh has run on " + directory + "; see --data"));
      spec.commandLine()
          .getOut()
          .println(JSON.writerWithDefaultPrettyPrinter().writeValueAsString(status));
      return status.getFirst().isStarted() ? 0 : 1;
    }
  }
}
