package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// Starts the mesh and keeps it running until Ctrl-C.
@Command(
    name = "up",
    mixinStandardHelpOptions = true,
    description = "Starts the mesh and keeps it running until Ctrl-C.")
final class UpCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Option(names = "--separate", description = "One process for each service.")
  private boolean separate;

  @Option(
      names = "--lab",
      description =
          "Offer the labs: site admins may then stop and start parts of this mesh from their page."
              + " Serves Git repositories in the data directory, unless --git names another one.")
  private boolean lab;

  @ArgGroup(exclusive = false)
  private @Nullable Git git;

  /// A port alone makes no sense.
  static final class Git {
    @SuppressWarnings("NullAway.Init") // picocli insists on it
    @Option(
        names = "--git",
        paramLabel = "DIR",
        required = true,
        description = "Also serve the bare Git repositories below DIR (owner/name.git) over http.")
    private Path directory;

    @Option(
        names = "--git-port",
        paramLabel = "PORT",
        defaultValue = "3000",
        converter = PortNumber.class,
        description = "Port of the Git server, 0 for any (default: ${DEFAULT-VALUE}).")
    private int port;

    MeshOptions.Git wanted() {
      return new MeshOptions.Git(directory.toAbsolutePath(), port);
    }
  }

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    long begin = System.nanoTime();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    MeshOptions options = options();
    Stop.onSignal(out, end, closed);
    try (Mesh mesh = Mesh.start(options, new PrintedProgress(out), Logs::open)) {
      if (end.getCount() == 0) {
        return 0;
      }
      out.printf("%nThe mesh is up after %.1f s.%n%n", (System.nanoTime() - begin) / 1e9);
      new Welcome(mesh).print(out);
      out.flush();
      end.await();
    } finally {
      closed.countDown();
    }
    return 0;
  }

  private MeshOptions options() {
    MeshOptions asked = place.mesh(place.data(), separate);
    if (git != null) {
      asked = asked.with(git.wanted());
    } else if (lab) {
      asked = asked.with(new MeshOptions.Git(asked.data().resolve("git"), 0));
    }
    return lab ? asked.inLab() : asked;
  }
}
