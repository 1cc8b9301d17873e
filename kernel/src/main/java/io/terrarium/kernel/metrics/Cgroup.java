package io.terrarium.kernel.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The control group of the container that this process is in, where it is in one: version 2, in a
/// namespace of its own, as Docker makes them.
///
/// @param files where it is mounted
/// @param process the directory of this process in `/proc`
record Cgroup(Path files, Path process) {
  private static final Path USUAL_FILES = Path.of("/sys/fs/cgroup");
  private static final Path SELF = Path.of("/proc/self");
  private static final long NANOS_PER_MICRO = 1000;

  static Optional<Cgroup> ours() {
    return of(USUAL_FILES, SELF);
  }

  /// Empty where the group is not this container's alone; that of the whole machine tells of no
  /// memory.
  static Optional<Cgroup> of(Path files, Path process) {
    try {
      boolean isOurs =
          Files.readAllLines(process.resolve("cgroup")).equals(List.of("0::/"))
              && Files.isReadable(files.resolve("memory.current"));
      return isOurs ? Optional.of(new Cgroup(files, process)) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  Map<Measure, Long> measures() {
    Map<Measure, Long> measures = new EnumMap<>(Measure.class);
    try {
      cpu(measures);
      memory(measures);
      processes(measures);
      disk(measures);
      network(measures);
    } catch (IOException e) {
      // The group goes on, but a controller was taken from it: what is known is told.
      return measures;
    }
    return measures;
  }

  private void cpu(Map<Measure, Long> measures) throws IOException {
    for (String line : lines(files.resolve("cpu.stat"))) {
      String[] pair = line.split(" ", -1);
      if (pair[0].equals("user_usec")) {
        measures.put(Measure.CPU_USER, Long.parseLong(pair[1]) * NANOS_PER_MICRO);
      } else if (pair[0].equals("system_usec")) {
        measures.put(Measure.CPU_KERNEL, Long.parseLong(pair[1]) * NANOS_PER_MICRO);
      }
    }
  }

  /// Without what the kernel keeps of files and would give back at once, as Docker counts.
  private void memory(Map<Measure, Long> measures) throws IOException {
    long reclaimable =
        lines(files.resolve("memory.stat")).stream()
            .filter(line -> line.startsWith("inactive_file "))
            .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
            .sum();
    number("memory.current")
        .ifPresent(bytes -> measures.put(Measure.MEMORY_USED, Math.max(0, bytes - reclaimable)));
    number("memory.max").ifPresent(bytes -> measures.put(Measure.MEMORY_LIMIT, bytes));
  }

  private void processes(Map<Measure, Long> measures) throws IOException {
    number("pids.current").ifPresent(count -> measures.put(Measure.PROCESS_COUNT, count));
    number("pids.max").ifPresent(count -> measures.put(Measure.PROCESS_LIMIT, count));
  }

  /// A line for each device, such as `8:0 rbytes=1 wbytes=2 rios=3 wios=4`.
  private void disk(Map<Measure, Long> measures) throws IOException {
    for (String line : lines(files.resolve("io.stat"))) {
      for (String field : line.split(" ", -1)) {
        int equals = field.indexOf('=');
        Optional<Measure> measure =
            equals < 0 ? Optional.empty() : ofDisk(field.substring(0, equals));
        measure.ifPresent(
            found -> measures.merge(found, Long.parseLong(field.substring(equals + 1)), Long::sum));
      }
    }
  }

  private static Optional<Measure> ofDisk(String field) {
    return switch (field) {
      case "rbytes" -> Optional.of(Measure.DISK_READ_BYTES);
      case "wbytes" -> Optional.of(Measure.DISK_WRITE_BYTES);
      case "rios" -> Optional.of(Measure.DISK_READ_OPERATIONS);
      case "wios" -> Optional.of(Measure.DISK_WRITE_OPERATIONS);
      default -> Optional.empty();
    };
  }

  /// A line for each interface: its name, eight numbers of what came in, eight of what went out.
  private void network(Map<Measure, Long> measures) throws IOException {
    for (String line : lines(process.resolve("net").resolve("dev"))) {
      int colon = line.indexOf(':');
      if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
        continue;
      }
      String[] numbers = line.substring(colon + 1).strip().split("\\s+", -1);
      measures.merge(Measure.NETWORK_RX_BYTES, Long.parseLong(numbers[0]), Long::sum);
      measures.merge(Measure.NETWORK_RX_PACKETS, Long.parseLong(numbers[1]), Long::sum);
      measures.merge(Measure.NETWORK_TX_BYTES, Long.parseLong(numbers[8]), Long::sum);
      measures.merge(Measure.NETWORK_TX_PACKETS, Long.parseLong(numbers[9]), Long::sum);
    }
  }

  /// A controller that is off has no file.
  private static List<String> lines(Path file) throws IOException {
    return Files.exists(file) ? Files.readAllLines(file) : List.of();
  }

  /// Empty where the file says `max`: there is no limit.
  private Optional<Long> number(String file) throws IOException {
    return lines(files.resolve(file)).stream()
        .filter(line -> line.matches("\\d{1,18}"))
        .map(Long::valueOf)
        .findFirst();
  }
}
