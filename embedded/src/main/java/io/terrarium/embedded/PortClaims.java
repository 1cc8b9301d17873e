package io.terrarium.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Ports that are ours before our servers listen on them: two meshes of a user that start at once
/// both see the same port free, and only one of them may go for it.
///
/// Each port is one byte of a file that all programs of the user lock; the kernel drops the locks
/// of a process that dies.
final class PortClaims implements AutoCloseable {
  // One for the process and never closed: closing any channel on the file would drop all its locks.
  private static @Nullable FileChannel file;

  private final Map<Integer, FileLock> claims = new HashMap<>();

  /// Ours from now on, or already; false when it is another's.
  synchronized boolean take(int port) {
    if (claims.containsKey(port)) {
      return true;
    }
    FileLock claim = tryLock(port);
    if (claim != null) {
      claims.put(port, claim);
    }
    return claim != null;
  }

  private static synchronized @Nullable FileLock tryLock(int port) {
    Path path = path();
    try {
      if (file == null) {
        file = FileChannel.open(path, CREATE, WRITE);
      }
      return file.tryLock(port, 1, false);
    } catch (OverlappingFileLockException _) {
      return null; // of another mesh in this process
    } catch (IOException e) {
      throw new EmbeddedFault("cannot lock " + path + ": it must be a file of this user", e);
    }
  }

  private static Path path() {
    return Path.of(
        System.getProperty("java.io.tmpdir"), "terrarium-ports-" + System.getProperty("user.name"));
  }

  @Override
  public synchronized void close() {
    for (FileLock claim : claims.values()) {
      try {
        claim.release();
      } catch (IOException e) {
        throw new EmbeddedFault("cannot release the claim to a port", e);
      }
    }
    claims.clear();
  }
}
