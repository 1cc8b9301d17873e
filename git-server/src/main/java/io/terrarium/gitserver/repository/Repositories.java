package io.terrarium.gitserver.repository;

import static java.nio.file.StandardOpenOption.CREATE;
import static java.nio.file.StandardOpenOption.WRITE;

import io.terrarium.kernel.Fault;
import io.terrarium.kernel.settings.SettingsFault;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/// The bare repositories below one directory, as `owner/name.git`. The directory is this process's
/// alone while it is open, so that no push is told of twice by two servers.
public final class Repositories implements AutoCloseable {
  private static final String LOCK = ".terrarium.lock";
  private static final String UNFINISHED = ".new-";

  private final Path root;
  private final FileChannel lock;
  private final Map<RepositoryName, ReentrantLock> turns = new ConcurrentHashMap<>();

  private Repositories(Path root, FileChannel lock) {
    this.root = root;
    this.lock = lock;
  }

  /// Opens the directory, or makes it.
  ///
  /// @throws SettingsFault when it cannot be had
  public static Repositories open(Path directory) {
    OwnSettings.use();
    try {
      Path root = Files.createDirectories(directory).toRealPath();
      Repositories repositories = new Repositories(root, locked(root));
      repositories.sweep();
      return repositories;
    } catch (IOException e) {
      throw new SettingsFault(
          List.of(directory + " must be a directory that this user may write: " + e.getMessage()));
    }
  }

  /// The kernel drops the lock of a process that dies.
  private static FileChannel locked(Path root) throws IOException {
    FileChannel channel = FileChannel.open(root.resolve(LOCK), CREATE, WRITE);
    try {
      if (channel.tryLock() != null) {
        return channel;
      }
    } catch (OverlappingFileLockException _) {
      // Another server in this process has it.
    }
    channel.close();
    throw new SettingsFault(List.of(root + " is served by another Git server; choose another one"));
  }

  /// What was being made when a process died.
  private void sweep() throws IOException {
    for (Path entry : list(root)) {
      if (entry.getFileName().toString().startsWith(UNFINISHED)) {
        delete(entry);
      }
    }
  }

  public Optional<HostedRepository> find(RepositoryName name) {
    Path directory = name.below(root);
    return Files.isRegularFile(directory.resolve("HEAD"))
            && Files.isDirectory(directory.resolve("objects"))
        ? Optional.of(
            new HostedRepository(
                name, directory, turns.computeIfAbsent(name, _ -> new ReentrantLock())))
        : Optional.empty();
  }

  /// @throws Fault.NotFound when it is not there
  public HostedRepository get(RepositoryName name) {
    return find(name)
        .orElseThrow(() ->
            new Fault.NotFound("There is no repository " + name.full() + "; a push makes it."));
  }

  /// The repository, made where it is not there. It comes to its place in one step, so nobody ever
  /// sees half of one.
  public synchronized HostedRepository ensure(RepositoryName name) {
    Optional<HostedRepository> found = find(name);
    if (found.isPresent()) {
      return found.get();
    }
    try {
      Path fresh = Files.createTempDirectory(root, UNFINISHED);
      HostedRepository.create(fresh);
      Path place = name.below(root);
      Files.createDirectories(place.getParent());
      Files.move(fresh, place, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException("the repository " + name.full() + " cannot be made", e);
    }
    return get(name);
  }

  /// All of them by name.
  public List<HostedRepository> all() {
    try {
      return list(root).stream()
          .filter(Files::isDirectory)
          .flatMap(owner -> below(owner).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(root + " cannot be read", e);
    }
  }

  private List<HostedRepository> below(Path owner) {
    try {
      return list(owner).stream()
          .filter(place -> place.toString().endsWith(".git"))
          .flatMap(place ->
              RepositoryName.find(owner.getFileName().toString(), place.getFileName().toString())
                  .stream())
          .flatMap(name -> find(name).stream())
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(owner + " cannot be read", e);
    }
  }

  private static List<Path> list(Path directory) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries.sorted().toList();
    }
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }

  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
