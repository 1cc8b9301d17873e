package io.terrarium.terrarium;

import io.terrarium.embedded.PrivateFile;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The processes that share a mesh for tests. Each holds a lock on a file, which falls when the
/// process ends, however it ends.
final class MeshUsers {
  private static final long LOOK_MILLIS = 200;

  /// Two bytes of the mesh's file. Who has the first is the mesh; the second is for those who look,
  /// which must not keep out a mesh that begins in the same moment.
  private static final long TAKEN = 0;

  private static final long SHOWN = 1;

  /// Never closed: the locks are to fall with the process, when all of the mesh is gone.
  private static final List<FileChannel> KEPT = new CopyOnWriteArrayList<>();

  private final Path access;
  private final FileChannel users;

  private MeshUsers(Path directory) throws IOException {
    access = directory.resolve("access.properties");
    users = channel(directory.resolve("users.lock"));
    FileChannel mesh = channel(directory.resolve("mesh.lock"));
    if (mesh.tryLock(TAKEN, 1, false) == null) {
      throw new MeshFault("a mesh for tests runs in " + directory + " already");
    }
    mesh.lock(SHOWN, 1, false);
    Files.deleteIfExists(access);
  }

  /// Takes the place of the one mesh in `directory`, until this process ends.
  static MeshUsers open(Path directory) {
    try {
      return new MeshUsers(Files.createDirectories(directory));
    } catch (IOException e) {
      throw new MeshFault(directory + " cannot be used: " + e.getMessage(), e);
    }
  }

  private static FileChannel channel(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    KEPT.add(channel);
    return channel;
  }

  /// Tells where the mesh is.
  void admit(Mesh running, Credentials admin) {
    Properties properties = new Properties();
    properties.setProperty("address", running.publicUrl().toString());
    properties.setProperty("plain_address", running.httpUrl().toString());
    properties.setProperty("ca_file", running.caFile().toString());
    properties.setProperty("ca_bundle", running.caBundle().toString());
    properties.setProperty("token", admin.token());
    StringWriter text = new StringWriter();
    try {
      properties.store(text, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    PrivateFile.write(access, text.toString());
  }

  /// Returns when there has been no user for `patience`, or `end` has come. Who comes after that
  /// waits for its lock until this process has ended, and then starts another mesh.
  void awaitNone(Duration patience, CountDownLatch end) throws InterruptedException {
    long looks = patience.toMillis() / LOOK_MILLIS;
    long unused = 0;
    while (!end.await(LOOK_MILLIS, TimeUnit.MILLISECONDS)) {
      try {
        @Nullable FileLock lock = users.tryLock();
        if (lock == null) {
          unused = 0;
        } else if (unused++ >= looks) {
          return;
        } else {
          lock.release();
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  /// The mesh is not to be found any more.
  void dismiss() {
    try {
      Files.deleteIfExists(access);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
