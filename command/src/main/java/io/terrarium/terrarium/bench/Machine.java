package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.terrarium.Terrarium;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/// What the figures were taken on, and of what.
record Machine(
    String cpu,
    int cpus,
    long memoryMb,
    String os,
    String jdk,
    String terraform,
    String terrarium,
    Instant date) {
  static Machine here(String terraform, Instant date) {
    return new Machine(
        cpuName(),
        Runtime.getRuntime().availableProcessors(),
        installedMb(),
        osName(),
        System.getProperty("java.vendor.version", System.getProperty("java.vendor", ""))
            + " "
            + Runtime.version(),
        terraform,
        Terrarium.VERSION,
        date);
  }

  ObjectNode json() {
    return Json.SNAKE.valueToTree(this);
  }

  private static String cpuName() {
    return field(Path.of("/proc/cpuinfo"), "model name").replace(":", "").strip();
  }

  private static String osName() {
    String kernel = System.getProperty("os.name") + " " + System.getProperty("os.version");
    String name = field(Path.of("/etc/os-release"), "PRETTY_NAME=").replace("\"", "").strip();
    return (name.isEmpty() ? kernel : name + ", " + kernel) + ", " + System.getProperty("os.arch");
  }

  /// What follows `name` on the first line that begins with it.
  private static String field(Path file, String name) {
    try {
      return Files.readAllLines(file).stream()
          .filter(line -> line.startsWith(name))
          .findFirst()
          .map(line -> line.substring(name.length()))
          .orElse("");
    } catch (IOException notThisSystem) {
      return "";
    }
  }

  private static long installedMb() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean system
        ? system.getTotalMemorySize() >> 20
        : 0;
  }
}
