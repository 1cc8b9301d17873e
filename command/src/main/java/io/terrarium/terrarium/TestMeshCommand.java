package io.terrarium.terrarium;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedServices;
import io.terrarium.embedded.PrivateFile;
import io.terrarium.kernel.runtime.Signals;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A mesh that test processes share, for as long as one of them is there. The testkit starts it.
@Command(
    name = "test-mesh",
    mixinStandardHelpOptions = true,
    description = {
      "Starts a mesh that test processes share, with an admin and no rate limit, on any free ports;"
          + " stops and deletes it when none of them is left.",
      "In DIR: who uses it holds a shared lock on the file users.lock; the mesh holds one on"
          + " mesh.lock, and tells where it is in access.properties."
    })
final class TestMeshCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli insists on it
  @Option(
      names = "--directory",
      paramLabel = "DIR",
      required = true,
      description = "Where its users find it.")
  private Path directory;

  @Option(
      names = "--linger-seconds",
      paramLabel = "SECONDS",
      defaultValue = "10",
      description = "Wait as long for another user (default: ${DEFAULT-VALUE}).")
  private int lingerSeconds;

  @Override
  public Integer call() throws InterruptedException {
    PrintWriter out = spec.commandLine().getOut();
    CountDownLatch end = new CountDownLatch(1);
    CountDownLatch closed = new CountDownLatch(1);
    Stop.onSignal(out, end, closed);
    // The terminal of the test process that has started it is not that of its other users.
    Signals.ignore("INT");
    Signals.ignore("HUP");
    try {
      MeshUsers users = MeshUsers.open(directory.toAbsolutePath());
      Path data = directory.toAbsolutePath().resolve("data");
      clear(data);
      serve(users, data, out, end);
      PrivateFile.deleteTree(data);
    } finally {
      closed.countDown();
    }
    return 0;
  }

  /// What a mesh that was killed has left: its servers may still run, and whoever starts them anew
  /// ends those. Nothing of it goes on.
  private static void clear(Path data) {
    if (Files.exists(data)) {
      try (DataDirectory left = DataDirectory.open(data);
          EmbeddedServices _ = EmbeddedServices.startWithoutPrograms(left, (_, _, _) -> {})) {
        // They end with this block.
      }
      PrivateFile.deleteTree(data);
    }
  }

  private void serve(MeshUsers users, Path data, PrintWriter out, CountDownLatch end)
      throws InterruptedException {
    MeshOptions options = PlaceOptions.usualMesh(data);
    try (Mesh mesh = Mesh.start(options, new PrintedProgress(out), Logs::open)) {
      if (end.getCount() > 0) {
        users.admit(mesh, unlimitedAdmin(mesh));
        out.println("The mesh is up, and stays while it is used.");
        users.awaitNone(Duration.ofSeconds(lingerSeconds), end);
        users.dismiss();
      }
    }
  }

  /// Tests ask more often than people do.
  private static Credentials unlimitedAdmin(Mesh mesh) {
    Credentials admin = Credentials.ensure(mesh);
    ApiAccess.Answer answer =
        new ApiAccess(mesh.httpUrl(), admin.token())
            .patch(
                "/api/v2/admin/general-settings",
                "{\"data\":{\"type\":\"general-settings\",\"attributes\":{\"api-rate-limiting-enabled\":false}}}");
    if (answer.status() != 200) {
      throw new MeshFault("the rate limit cannot be switched off: " + answer.body());
    }
    return admin;
  }
}
