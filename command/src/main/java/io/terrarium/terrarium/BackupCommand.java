package io.terrarium.terrarium;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.operations.backup.SnapshotCheck;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// Backs a mesh up into a file, and reads the file to its end before it says so.
@Command(
    name = "backup",
    mixinStandardHelpOptions = true,
    description = "Backs a running mesh up into FILE, encrypted by a password.")
final class BackupCommand implements Callable<Integer> {
  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Parameters(
      index = "0",
      paramLabel = "FILE",
      description = "The snapshot; must not be there yet.")
  private Path file;

  @Mixin private final BackupOptions options = new BackupOptions();

  @Override
  public Integer call() {
    BackupAccess mesh = options.mesh();
    Secret password = options.password(true);
    try (OutputStream target = create()) {
      double megabytes = fetch(mesh, password, target);
      SnapshotCheck checked = check(password);
      tell(checked, megabytes);
      return 0;
    } catch (IOException | RuntimeException e) {
      if (e instanceof MeshFault fault && fault.getCause() instanceof FileAlreadyExistsException) {
        throw fault;
      }
      throw withoutHalf(e);
    }
  }

  private void tell(SnapshotCheck checked, double megabytes) {
    PrintWriter out = spec.commandLine().getOut();
    out.printf(
        "%s: %.1f MB, %d rows, %d objects, %d logs; it was read to its end.%n",
        file, megabytes, checked.rows(), checked.objects(), checked.logs());
    if (checked.absent() > 0) {
      out.printf(
          "%d that rows name were not in the store: yet to be stored, or lost. The log of operations"
              + " has their keys.%n",
          checked.absent());
    }
  }

  private OutputStream create() {
    try {
      return Channels.newOutputStream(
          FileChannel.open(
              file,
              Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))));
    } catch (FileAlreadyExistsException e) {
      throw new MeshFault(file + " is there already; choose another name", e);
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be written: " + e.getMessage(), e);
    }
  }

  private double fetch(BackupAccess mesh, Secret password, OutputStream target) throws IOException {
    try (CountedStream snapshot =
        new CountedStream(mesh.backUp(password), "backed up", spec.commandLine().getErr())) {
      snapshot.transferTo(target);
      return snapshot.megabytes();
    }
  }

  private SnapshotCheck check(Secret password) throws IOException {
    try (InputStream written = new BufferedInputStream(Files.newInputStream(file))) {
      return SnapshotCheck.of(written, password);
    }
  }

  /// A part of a snapshot is worth nothing, and might be taken for one.
  private MeshFault withoutHalf(Exception cause) {
    String reason = cause instanceof MeshFault ? "" : "the backup broke off: ";
    String detail =
        cause instanceof Fault fault ? fault.problems().getFirst().detail() : cause.getMessage();
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      return new MeshFault(reason + detail + "; delete " + file + ", it is no snapshot", cause);
    }
    return new MeshFault(reason + detail + " (nothing is left in " + file + ")", cause);
  }
}
