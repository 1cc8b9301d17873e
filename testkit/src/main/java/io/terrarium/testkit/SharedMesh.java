package io.terrarium.testkit;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// The mesh that all test processes of a directory share. The first one starts it; it stops by
/// itself when the lock of the last one has fallen, which the kernel sees to, however a process
/// ends.
final class SharedMesh {
  private static final System.Logger log = System.getLogger(SharedMesh.class.getName());
  private static final Duration LOOK = Duration.ofMillis(50);
  private static final int LINES_SHOWN_MAX = 15;

  /// Another program may take a port between our choosing and using it.
  private static final int LAUNCHES_MAX = 2;

  /// The byte of `mesh.lock` that a running mesh shows.
  private static final long SHOWN = 1;

  private static final Map<Path, Access> KNOWN = new ConcurrentHashMap<>();

  /// Never closed, since this process uses the mesh until it ends.
  private static final Map<Path, FileChannel> USED = new ConcurrentHashMap<>();

  private final Settings settings;
  private final Path directory;

  private SharedMesh(Settings settings) {
    this.settings = settings;
    this.directory = settings.directory();
  }

  /// Where it is; it runs.
  ///
  /// @throws TerrariumFault when it cannot be had
  static Access of(Settings settings) {
    // One string for the whole process, even where JUnit loads this class twice: a lock on a file
    // belongs to the process.
    String monitor = (SharedMesh.class.getName() + " " + settings.directory()).intern();
    synchronized (monitor) {
      return KNOWN.computeIfAbsent(
          settings.directory(),
          directory -> {
            try {
              return new SharedMesh(settings).join();
            } catch (IOException e) {
              throw new TerrariumFault(directory + " cannot be used: " + e.getMessage(), e);
            }
          });
    }
  }

  private Access join() throws IOException {
    Files.createDirectories(directory);
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    try (FileChannel start = open("start.lock")) {
      // One process at a time; the others find the mesh that it has started.
      start.lock();
      use();
      return await();
    }
  }

  private FileChannel open(String name) throws IOException {
    return FileChannel.open(
        directory.resolve(name),
        StandardOpenOption.CREATE,
        StandardOpenOption.READ,
        StandardOpenOption.WRITE);
  }

  /// Waits while a mesh that nobody used any more stops.
  private void use() throws IOException {
    String held = SharedMesh.class.getName() + ".uses." + directory;
    if (System.getProperty(held) == null) {
      FileChannel users = open("users.lock");
      users.lock(0, Long.MAX_VALUE, true);
      USED.put(directory, users);
      System.setProperty(held, "true");
    }
  }

  private Access await() throws IOException {
    Path file = directory.resolve("access.properties");
    long begin = System.nanoTime();
    @Nullable Process process = null;
    int launches = 0;
    while (System.nanoTime() - begin < settings.patience().toNanos()) {
      boolean isThere = isThere();
      if (isThere && Files.exists(file)) {
        return Access.read(file);
      }
      if (!isThere && (process == null || !process.isAlive())) {
        if (launches++ == LAUNCHES_MAX) {
          throw failed("Terrarium did not start:");
        }
        Files.deleteIfExists(file);
        process = launch();
      }
      pause();
    }
    throw failed("Terrarium is not up after " + settings.patience().toSeconds() + " s:");
  }

  private boolean isThere() throws IOException {
    try (FileChannel mesh = open("mesh.lock")) {
      return mesh.tryLock(SHOWN, 1, false) == null;
    }
  }

  private Process launch() throws IOException {
    log.log(
        System.Logger.Level.INFO,
        "Starting Terrarium by {0}; what it says is in {1}",
        settings.program(),
        output());
    ProcessBuilder builder =
        new ProcessBuilder(
                settings.program().toString(),
                "test-mesh",
                "--directory",
                directory.toString(),
                "--linger-seconds",
                Long.toString(settings.linger().toSeconds()))
            .directory(directory.toFile())
            .redirectErrorStream(true)
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(output().toFile());
    settings.javaHome().ifPresent(home -> builder.environment().put("JAVA_HOME", home.toString()));
    return builder.start();
  }

  private Path output() {
    return directory.resolve("mesh.out");
  }

  private TerrariumFault failed(String what) throws IOException {
    List<String> lines = Files.exists(output()) ? Files.readAllLines(output()) : List.of();
    List<String> last = lines.subList(Math.max(0, lines.size() - LINES_SHOWN_MAX), lines.size());
    return new TerrariumFault(
        what + "\n  " + String.join("\n  ", last) + "\nAll of it is in " + output());
  }

  private static void pause() {
    try {
      Thread.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TerrariumFault("Interrupted while Terrarium started.", e);
    }
  }
}
