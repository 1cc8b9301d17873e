package io.terrarium.buildworker;

import io.terrarium.buildworker.engine.RunDirectory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// This process's part of the work directory, held by a lock for as long as the process lives, so
/// that others know whose remains may be removed.
final class WorkDirectory implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(WorkDirectory.class);
  private static final String LOCK = ".lock";

  private final Path shared;
  private final Path own;
  private final FileChannel lock;

  private WorkDirectory(Path shared, Path own, FileChannel lock) {
    this.shared = shared;
    this.own = own;
    this.lock = lock;
  }

  static WorkDirectory open(Path directory, String worker) {
    try {
      Path shared = Files.createDirectories(directory).toRealPath();
      Path workers = Files.createDirectories(shared.resolve("workers"));
      removeRemains(workers);
      Path own = Files.createDirectories(workers.resolve(worker));
      FileChannel lock =
          FileChannel.open(own.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (lock.tryLock() == null) {
        throw new IOException(own + " is held by another process");
      }
      return new WorkDirectory(shared, own, lock);
    } catch (IOException e) {
      throw new UncheckedIOException("the work directory " + directory + " cannot be used", e);
    }
  }

  Path own() {
    return own;
  }

  Path runs() {
    return own.resolve("runs");
  }

  /// How the paths of the builds' temporary directories begin. They are beside the system's other
  /// ones, since a path in the work directory is often too long for a provider's socket.
  Path temporary() {
    return temporary(own);
  }

  private static Path temporary(Path own) {
    return Path.of(System.getProperty("java.io.tmpdir"), "terrarium-" + own.getFileName());
  }

  /// Outlives this process.
  Path schemas() {
    return shared.resolve("schemas");
  }

  private static void removeRemains(Path workers) throws IOException {
    List<Path> all;
    try (Stream<Path> list = Files.list(workers)) {
      all = list.toList();
    }
    for (Path directory : all) {
      if (isDead(directory)) {
        log.atInfo().addKeyValue("path", directory).log("removing what a dead worker left");
        remove(directory);
      }
    }
  }

  private static void remove(Path own) throws IOException {
    Path temporary = temporary(own);
    try (DirectoryStream<Path> builds =
        Files.newDirectoryStream(temporary.getParent(), temporary.getFileName() + "-*")) {
      for (Path build : builds) {
        RunDirectory.delete(build);
      }
    }
    RunDirectory.delete(own);
  }

  private static boolean isDead(Path directory) throws IOException {
    Path file = directory.resolve(LOCK);
    if (!Files.exists(file)) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
        FileLock held = channel.tryLock()) {
      return held != null;
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  @Override
  public void close() {
    try {
      remove(own);
      lock.close();
    } catch (IOException e) {
      log.atWarn().setCause(e).log("work directory is left behind");
    }
  }
}
