package io.terrarium.embedded;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Keeps a data directory to one process at a time; the kernel drops it when the process dies.
final class DirectoryLock implements AutoCloseable {
  // A file lock belongs to the whole process and falls when any channel on the file is closed, so a
  // second try inside this process must be turned away before it opens the file.
  private static final Set<Path> HELD_BY_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  // Two bytes of the file. Who has the first has the directory; the second is only for those who
  // look, which must not refuse one who takes the directory in the same moment.
  private static final long TAKEN = 0;
  private static final long SHOWN = 1;

  private final Path root;
  private final FileChannel channel;

  private DirectoryLock(Path root, FileChannel channel) {
    this.root = root;
    this.channel = channel;
  }

  static DirectoryLock take(Path root) {
    Path pidFile = root.resolve("pid");
    if (!HELD_BY_THIS_PROCESS.add(root)) {
      throw inUse(root, String.valueOf(ProcessHandle.current().pid()));
    }
    try {
      DirectoryLock lock = new DirectoryLock(root, lockedChannel(root, pidFile));
      PrivateFile.write(pidFile, ProcessHandle.current().pid() + "\n");
      return lock;
    } catch (RuntimeException e) {
      HELD_BY_THIS_PROCESS.remove(root);
      throw e;
    }
  }

  /// Some process holds it now.
  static boolean isHeld(Path root) {
    if (HELD_BY_THIS_PROCESS.contains(root)) {
      return true;
    }
    try (FileChannel channel = FileChannel.open(root.resolve("lock"), WRITE)) {
      return channel.tryLock(SHOWN, 1, false) == null;
    } catch (NoSuchFileException e) {
      return false;
    } catch (IOException e) {
      throw new EmbeddedFault("cannot look at the lock of " + root + ": " + e.getMessage(), e);
    }
  }

  private static FileChannel lockedChannel(Path root, Path pidFile) {
    try {
      FileChannel channel = FileChannel.open(root.resolve("lock"), CREATE, WRITE);
      @Nullable FileLock lock = channel.tryLock(TAKEN, 1, false);
      if (lock == null) {
        channel.close();
        throw inUse(root, Files.exists(pidFile) ? PrivateFile.read(pidFile).strip() : "unknown");
      }
      channel.lock(SHOWN, 1, false);
      return channel;
    } catch (IOException e) {
      throw new EmbeddedFault(
          "cannot lock the data directory " + root + ": choose one on a local disk", e);
    }
  }

  private static EmbeddedFault inUse(Path root, String pid) {
    return new EmbeddedFault(
        "the data directory "
            + root
            + " is in use by process "
            + pid
            + ": stop that one first or choose another directory");
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw new EmbeddedFault("cannot release the lock of " + root, e);
    } finally {
      HELD_BY_THIS_PROCESS.remove(root);
    }
  }
}
