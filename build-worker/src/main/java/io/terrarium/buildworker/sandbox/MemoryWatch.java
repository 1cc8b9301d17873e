package io.terrarium.buildworker.sandbox;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/// Kills a build whose processes together hold more memory of their own than allowed. Since it
/// looks at them anyway, it has their processor time noted as well.
final class MemoryWatch implements AutoCloseable {
  private final ProcessHandle root;
  private final long kilobytesMax;
  private final Reins reins;
  private final CountDownLatch closed = new CountDownLatch(1);

  MemoryWatch(ProcessHandle root, int megabytesMax, Reins reins) {
    this.root = root;
    this.kilobytesMax = megabytesMax * 1024L;
    this.reins = reins;
    if (megabytesMax > 0) {
      Thread.ofVirtual().name("memory-watch").start(this::run);
    }
  }

  private void run() {
    try {
      while (!closed.await(1, TimeUnit.SECONDS)) {
        reins.trees().look();
        if (kilobytes() > kilobytesMax) {
          reins.kill(Ending.OUT_OF_MEMORY);
          return;
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private long kilobytes() {
    try (Stream<ProcessHandle> processes = root.descendants()) {
      return processes.mapToLong(process -> anonymousKilobytes(process.pid())).sum();
    }
  }

  /// Memory that the process does not share with a file, 0 when it is gone.
  static long anonymousKilobytes(long pid) {
    List<String> lines;
    try {
      lines = Files.readAllLines(Path.of("/proc", Long.toString(pid), "status"));
    } catch (IOException e) {
      return 0;
    }
    return lines.stream()
        .filter(line -> line.startsWith("RssAnon:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
        .sum();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
