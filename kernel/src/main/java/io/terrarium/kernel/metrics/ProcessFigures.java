package io.terrarium.kernel.metrics;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What Linux says of one process in `/proc`.
///
/// @param ended what its children had used when they ended
/// @param residentBytes of memory, what it shares with files included
/// @param anonymousBytes of memory of its own
record ProcessFigures(
    CpuTime own, CpuTime ended, long residentBytes, long anonymousBytes, long threads) {
  /// Linux tells of processor time in hundredths of a second, whatever the kernel's own tick is.
  private static final long NANOS_PER_TICK = 10_000_000;

  /// Nanoseconds.
  record CpuTime(long user, long kernel) {
    static final CpuTime NONE = new CpuTime(0, 0);

    CpuTime plus(CpuTime other) {
      return new CpuTime(user + other.user, kernel + other.kernel);
    }

    CpuTime atLeast(CpuTime other) {
      return new CpuTime(Math.max(user, other.user), Math.max(kernel, other.kernel));
    }
  }

  /// Empty where there is no such process any more, or no `/proc`.
  static Optional<ProcessFigures> of(long pid) {
    Path process = Path.of("/proc", Long.toString(pid));
    try {
      String stat = Files.readString(process.resolve("stat"));
      // The name, in brackets, may hold anything.
      String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
      Map<String, Long> status = status(Files.readAllLines(process.resolve("status")));
      return Optional.of(
          new ProcessFigures(
              new CpuTime(nanos(fields[11]), nanos(fields[12])),
              new CpuTime(nanos(fields[13]), nanos(fields[14])),
              status.getOrDefault("VmRSS", 0L) * 1024,
              status.getOrDefault("RssAnon", 0L) * 1024,
              status.getOrDefault("Threads", 0L)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static long nanos(String ticks) {
    return Long.parseLong(ticks) * NANOS_PER_TICK;
  }

  /// Lines such as `VmRSS: 1234 kB`; those that are no numbers are left out.
  private static Map<String, Long> status(List<String> lines) {
    Map<String, Long> numbers = new HashMap<>();
    for (String line : lines) {
      int colon = line.indexOf(':');
      String value = line.substring(colon + 1).replace("kB", "").strip();
      if (colon > 0 && value.matches("\\d{1,18}")) {
        numbers.put(line.substring(0, colon), Long.valueOf(value));
      }
    }
    return numbers;
  }
}
