package io.terrarium.terrarium;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// The bare token, for connections and for those who call the Git server themselves.
@Command(
    name = "git-token",
    mixinStandardHelpOptions = true,
    description = "Prints the token of the Git server that up --git starts.")
final class GitTokenCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Option(names = "--data", paramLabel = "DIR", description = "The mesh's data directory.")
  private @Nullable Path data;

  @Override
  public Integer call() {
    spec.commandLine().getOut().println(GitAccess.token(PlaceOptions.data(data)));
    return 0;
  }
}
