package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// The processes of a mesh: those that work on its data, and what they have started. The servers
/// leave the tree of the process that started them, so they are found by their directory.
final class MeshProcesses {
  private static final Path PROC = Path.of("/proc");
  private static final long KB_PER_MB = 1024;

  private MeshProcesses() {}

  static List<ProcessHandle> of(Path data) {
    return ProcessHandle.allProcesses()
        .filter(process -> process.pid() != ProcessHandle.current().pid())
        .filter(process -> worksOn(process, data))
        .flatMap(process -> Stream.concat(Stream.of(process), process.descendants()))
        .distinct()
        .toList();
  }

  /// Those of [#of] that run a program.
  ///
  /// @param main its main class
  static List<ProcessHandle> running(String main, Path data) {
    return of(data).stream().filter(process -> commandLine(process).contains(main)).toList();
  }

  /// What they hold in memory, each page that several share divided among them; empty where the
  /// system does not tell.
  static Optional<Double> memoryMb(List<ProcessHandle> processes) {
    if (!Files.isReadable(PROC.resolve("self/smaps_rollup"))) {
      return Optional.empty();
    }
    long sum = 0;
    for (ProcessHandle process : processes) {
      sum += proportionalKb(process);
    }
    return Optional.of((double) sum / KB_PER_MB);
  }

  /// Processor time since their beginning.
  static Duration processorTime(List<ProcessHandle> processes) {
    return processes.stream()
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  private static long proportionalKb(ProcessHandle process) {
    try {
      for (String line : Files.readAllLines(proc(process).resolve("smaps_rollup"))) {
        if (line.startsWith("Pss:")) {
          return Long.parseLong(line.replaceAll("\\D", ""));
        }
      }
      return 0;
    } catch (IOException e) {
      if (process.isAlive() && !commandLine(process).isEmpty()) {
        throw new MeshFault("the memory of process " + process.pid() + " cannot be read", e);
      }
      return 0;
    }
  }

  private static boolean worksOn(ProcessHandle process, Path data) {
    return commandLine(process).contains(data.toString())
        || (linked(proc(process).resolve("cwd")) + "/").startsWith(data + "/");
  }

  /// The whole of it: what Java tells of a long one is cut short.
  private static String commandLine(ProcessHandle process) {
    try {
      byte[] line = Files.readAllBytes(proc(process).resolve("cmdline"));
      return new String(line, StandardCharsets.UTF_8).replace('\0', ' ').strip();
    } catch (IOException e) {
      return process.info().commandLine().orElse("");
    }
  }

  private static String linked(Path link) {
    try {
      return Files.readSymbolicLink(link).toString();
    } catch (IOException e) {
      return "";
    }
  }

  private static Path proc(ProcessHandle process) {
    return PROC.resolve(Long.toString(process.pid()));
  }
}
