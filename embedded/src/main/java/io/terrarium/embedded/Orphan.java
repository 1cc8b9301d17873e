package io.terrarium.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// A server that outlived the process that started it, found again by the pid it left on disk.
final class Orphan {
  private Orphan() {}

  /// The living process whose pid is the first line of the file, if it runs a program of ours.
  ///
  /// Pids are used again after a reboot, so the program must lie below `programs`.
  static Optional<ProcessHandle> find(Path pidFile, Path programs) {
    return pid(pidFile)
        .flatMap(ProcessHandle::of)
        .filter(ProcessHandle::isAlive)
        .filter(process -> runsFrom(process, programs));
  }

  /// All processes of the program of this name that lies below `programs`.
  static List<ProcessHandle> running(String name, Path programs) {
    return ProcessHandle.allProcesses()
        .filter(process -> program(process).filter(path -> path.endsWith(name)).isPresent())
        .filter(process -> runsFrom(process, programs))
        .toList();
  }

  /// Waits for the end of a server that was asked to stop, then ends it by force.
  ///
  /// Its pid file tells less: the last that a server does is to remove it, and it runs on for a
  /// moment.
  static void awaitEnd(ProcessHandle server, Duration patience) {
    if (!Patience.until(patience, () -> hasEnded(server))) {
      server.destroyForcibly();
    }
  }

  private static boolean hasEnded(ProcessHandle server) {
    return !server.isAlive() || program(server).isEmpty();
  }

  private static Optional<Long> pid(Path pidFile) {
    try {
      return Files.exists(pidFile)
          ? Files.readAllLines(pidFile).stream().findFirst().map(String::strip).map(Long::valueOf)
          : Optional.empty();
    } catch (IOException | NumberFormatException _) {
      return Optional.empty();
    }
  }

  private static boolean runsFrom(ProcessHandle process, Path programs) {
    return program(process).filter(path -> path.startsWith(programs)).isPresent();
  }

  // The dead have none, even while the process table keeps them until their parent looks.
  private static Optional<Path> program(ProcessHandle process) {
    return process.info().command().map(Path::of);
  }
}
