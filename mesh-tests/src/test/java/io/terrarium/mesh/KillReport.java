package io.terrarium.mesh;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Kills survived of kills made, by who died and in which hop; written to `target/kills-<name>.md`.
final class KillReport {
  private final String name;
  private final Map<String, int[]> counts = new ConcurrentHashMap<>();
  private final Map<String, Integer> outcomes = new ConcurrentHashMap<>();

  KillReport(String name) {
    this.name = name;
  }

  /// @param dead who died
  /// @param hop what was about to be done or had just been done, such as `commit`
  void made(String dead, String hop) {
    count(dead, hop)[0]++;
  }

  void survived(String dead, String hop, String status) {
    count(dead, hop)[1]++;
    outcomes.merge(dead + ": " + status, 1, Integer::sum);
  }

  private int[] count(String dead, String hop) {
    return counts.computeIfAbsent(dead + " | " + hop, _ -> new int[2]);
  }

  void write() {
    StringBuilder text =
        new StringBuilder("| who died | in | kills | survived |\n| --- | --- | --- | --- |\n");
    new TreeMap<>(counts)
        .forEach(
            (hop, count) -> text.append("| %s | %d | %d |%n".formatted(hop, count[0], count[1])));
    text.append("\n").append(new TreeMap<>(outcomes)).append("\n");
    try {
      Path file = Files.createDirectories(Path.of("target")).resolve("kills-" + name + ".md");
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
