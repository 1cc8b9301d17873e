package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// One real run, from nothing.
@Command(
    name = "demo",
    mixinStandardHelpOptions = true,
    description =
        "Starts the mesh, makes an admin, an organization and a workspace, and has the terraform"
            + " on your PATH apply a configuration through it; then prints the run's trace.")
final class DemoCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @Mixin private final PlaceOptions place = new PlaceOptions();

  @Option(
      names = "--once",
      description =
          "Stop afterwards, and keep nothing but what --data names; exit code 0 only if the run"
              + " was applied.")
  private boolean once;

  @Option(names = "--separate", description = "One process for each service.")
  private boolean separate;

  @Override
  public Integer call() throws Exception {
    PrintWriter out = spec.commandLine().getOut();
    boolean temporary = once && !place.namesData();
    Path data = temporary ? Files.createTempDirectory("terrarium-demo") : place.data();
    try {
      return run(out, data);
    } finally {
      if (temporary) {
        PrivateFile.deleteTree(data);
      }
    }
  }

  private int run(PrintWriter out, Path data) throws Exception {
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Stop.onSignal(out, end, closed);
    try (Mesh mesh = Mesh.start(place.mesh(data, separate), new PrintedProgress(out), Logs::open)) {
      if (end.getCount() == 0) {
        return 1;
      }
      out.printf("%nThe mesh is up. Terraform applies a configuration through it:%n%n");
      out.flush();
      boolean applied = new Demo(mesh, out, !once).run();
      if (once || end.getCount() == 0) {
        return applied ? 0 : 1;
      }
      out.println();
      new Welcome(mesh).print(out);
      out.flush();
      end.await();
      return applied ? 0 : 1;
    } finally {
      closed.countDown();
    }
  }
}
