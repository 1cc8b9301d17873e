package io.terrarium.terrarium;

import io.terrarium.kernel.Secret;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Restores a snapshot into a new mesh.
@Command(
    name = "restore",
    mixinStandardHelpOptions = true,
    description = "Restores a snapshot into a running mesh in which nobody has begun to work.")
final class RestoreCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(index = "0", paramLabel = "FILE", description = "The snapshot.")
  private Path file;

  @Mixin private final BackupOptions options = new BackupOptions();

  @Override
  public Integer call() {
    BackupAccess mesh = options.mesh();
    Secret password = options.password(false);
    try (InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        CountedStream snapshot = new CountedStream(bytes, "sent", spec.commandLine().getErr())) {
      mesh.restore(password, snapshot);
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be read: " + e.getMessage(), e);
    }
    spec.commandLine()
        .getOut()
        .println(
            "Restored. Stop the mesh and start it again now. API tokens of the snapshot are taken"
                + " where root_secret is that of the mesh which it is of.");
    return 0;
  }
}
