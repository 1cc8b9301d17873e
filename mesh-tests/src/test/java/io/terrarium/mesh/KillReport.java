package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Kills survived of kills made, by service; written to `target/kills-<name>.md`.
final class KillReport {
  private final String name;
  private final Map<String, int[]> counts = new ConcurrentHashMap<>();
  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

  KillReport(String name) {
    this.name = name;
  }

  void made(FaultPoint point, boolean hasFired) {
    if (hasFired) {
      count(point)[0]++;
    }
  }

  void survived(FaultPoint point, String status) {
    count(point)[1]++;
    outcomes.merge(point.service() + ": " + status, 1, Integer::sum);
  }

  private int[] count(FaultPoint point) {
    return counts.computeIfAbsent(point.service(), _ -> new int[2]);
  }

  void write() {
    StringBuilder text = new StringBuilder("| service | kills | survived |\n| --- | --- | --- |\n");
    new TreeMap<>(counts)
        .forEach((service, count) ->
            text.append("| %s | %d | %d |%n".formatted(service, count[0], count[1])));
    text.append("\n").append(new TreeMap<>(outcomes)).append("\n");
    try {
      Path file = Files.createDirectories(Path.of("target")).resolve("kills-" + name + ".md");
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
