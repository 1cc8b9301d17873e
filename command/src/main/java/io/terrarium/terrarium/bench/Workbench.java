package io.terrarium.terrarium.bench;

import io.terrarium.kernel.runtime.Launch;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The directory and the processes of a bench. When it is closed, by its end or by a signal,
/// neither is left.
final class Workbench implements AutoCloseable {
  // Longer than a mesh takes to stop at worst.
  private static final long STOP_SECONDS_MAX = 90;

  private final Path directory;
  private final CountDownLatch ending = new CountDownLatch(1);
  private boolean gone;

  private Workbench(Path directory) {
    this.directory = directory;
  }

  /// A new directory in `parent`, or where the system keeps such.
  static Workbench open(@Nullable Path parent) {
    try {
      Path directory =
          parent == null
              ? Files.createTempDirectory("terrarium-bench")
              : Files.createTempDirectory(Files.createDirectories(parent), "terrarium-bench");
      Workbench bench = new Workbench(directory.toRealPath());
      Runtime.getRuntime().addShutdownHook(new Thread(bench::close, "bench-end"));
      return bench;
    } catch (IOException e) {
      throw new MeshFault("no directory can be made for the bench: " + e.getMessage(), e);
    }
  }

  Path file(String name) {
    return directory.resolve(name);
  }

  Path directory(String name) {
    try {
      return Files.createDirectories(directory.resolve(name));
    } catch (IOException e) {
      throw new MeshFault("no directory can be made for the bench: " + e.getMessage(), e);
    }
  }

  /// Starts a process, unless the end has come.
  synchronized Process start(ProcessBuilder builder) {
    if (isEnding()) {
      throw new MeshFault("the bench was stopped");
    }
    try {
      return Launch.start(builder);
    } catch (IOException e) {
      throw new MeshFault(builder.command().getFirst() + " cannot be run: " + e.getMessage(), e);
    }
  }

  boolean isEnding() {
    return ending.getCount() == 0;
  }

  void pause(long millis) {
    try {
      if (ending.await(millis, TimeUnit.MILLISECONDS)) {
        throw new MeshFault("the bench was stopped");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }

  @Override
  public void close() {
    ending.countDown();
    synchronized (this) {
      if (!gone) {
        gone = true;
        endProcesses();
        delete(directory);
      }
    }
  }

  private void endProcesses() {
    List<ProcessHandle> children = ProcessHandle.current().children().toList();
    children.forEach(ProcessHandle::destroy);
    long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(STOP_SECONDS_MAX);
    for (ProcessHandle child : children) {
      try {
        child.onExit().get(Math.max(1, limit - System.nanoTime()), TimeUnit.NANOSECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (java.util.concurrent.ExecutionException
          | java.util.concurrent.TimeoutException stuck) {
        child.descendants().forEach(ProcessHandle::destroyForcibly);
        child.destroyForcibly();
      }
    }
    MeshProcesses.of(directory).forEach(ProcessHandle::destroyForcibly);
  }

  void delete(Path place) {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new MeshFault(place + " cannot be deleted: " + e.getMessage(), e);
    }
  }
}
