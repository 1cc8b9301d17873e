package io.terrarium.slugingress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Where this process keeps what it fetches and packs while it is at it: a directory of its own
/// below one that others of its kind may share. Each is locked for as long as its process lives,
/// and one that nobody holds is what a process has left behind that died.
final class Workroom implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Workroom.class);
  private static final String PREFIX = "ingress-";
  private static final String LOCK = ".lock";

  private final Path directory;
  private final Path lockFile;
  private final FileChannel lock;

  private Workroom(Path directory, Path lockFile, FileChannel lock) {
    this.directory = directory;
    this.lockFile = lockFile;
    this.lock = lock;
  }

  /// @throws UncheckedIOException when nothing can be kept there
  static Workroom open(Path shared) {
    try {
      Files.createDirectories(shared);
      sweep(shared);
      while (true) {
        Path lockFile = Files.createTempFile(shared, PREFIX, LOCK);
        FileChannel lock =
            FileChannel.open(lockFile, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        lock.lock();
        // A neighbour that is starting as well may have taken the file for a leftover.
        if (Files.exists(lockFile)) {
          return new Workroom(Files.createDirectory(directoryOf(lockFile)), lockFile, lock);
        }
        lock.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException("TERRARIUM_SLUG_INGRESS_DIRECTORY cannot be used", e);
    }
  }

  private static Path directoryOf(Path lockFile) {
    String name = lockFile.getFileName().toString();
    return lockFile.resolveSibling(name.substring(0, name.length() - LOCK.length()));
  }

  /// By the locks: a directory is made only once its lock is held.
  private static void sweep(Path shared) throws IOException {
    List<Path> locks;
    try (Stream<Path> all = Files.list(shared)) {
      locks =
          all.filter(path -> path.getFileName().toString().startsWith(PREFIX))
              .filter(path -> path.getFileName().toString().endsWith(LOCK))
              .toList();
    }
    for (Path lock : locks) {
      sweep(lock, directoryOf(lock));
    }
  }

  private static void sweep(Path lockFile, Path directory) throws IOException {
    try (FileChannel channel = FileChannel.open(lockFile, StandardOpenOption.WRITE);
        @Nullable FileLock held = tryLock(channel)) {
      if (held != null) {
        remove(directory);
        Files.deleteIfExists(lockFile);
        log.atInfo().addKeyValue("directory", directory).log("leftovers removed");
      }
    } catch (NoSuchFileException _) {
      log.atDebug().addKeyValue("lock", lockFile).log("a neighbour was faster");
    }
  }

  private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
    try {
      return channel.tryLock();
    } catch (OverlappingFileLockException _) {
      // Another of this very process holds it.
      return null;
    }
  }

  /// A directory for one piece of work.
  Path bench() throws IOException {
    return Files.createTempDirectory(directory, "work-");
  }

  /// Removes a directory with all that is in it; what cannot be removed now is when the next one
  /// starts.
  static void remove(Path directory) {
    try {
      Files.walkFileTree(directory, new Removal());
    } catch (IOException e) {
      log.atWarn()
          .addKeyValue("directory", directory)
          .setCause(e)
          .log("a temporary directory could not be removed");
    }
  }

  private static final class Removal extends SimpleFileVisitor<Path> {
    @Override
    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
      Files.deleteIfExists(file);
      return FileVisitResult.CONTINUE;
    }

    /// JGit may just have removed a temporary file of its own.
    @Override
    public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
      if (Files.exists(file)) {
        throw e;
      }
      return FileVisitResult.CONTINUE;
    }

    @Override
    public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException e)
        throws IOException {
      Files.deleteIfExists(directory);
      return FileVisitResult.CONTINUE;
    }
  }

  @Override
  public void close() throws IOException {
    remove(directory);
    Files.deleteIfExists(lockFile);
    lock.close();
  }
}
