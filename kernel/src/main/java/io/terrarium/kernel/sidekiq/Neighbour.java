package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What another process says of itself.
final class Neighbour {
  private static final Path NAMESPACE = Path.of("/proc/self/ns/pid");

  private Neighbour() {}

  /// Tells whether two process numbers of one host name mean the same; containers may share a name.
  static String pidNamespace() {
    try {
      return Files.isSymbolicLink(NAMESPACE)
          ? Files.readSymbolicLink(NAMESPACE).toString()
          : "host";
    } catch (IOException e) {
      return "unknown-" + ProcessHandle.current().pid();
    }
  }

  /// Whether `info` is of a process of this machine that runs no more.
  static boolean isKnownDead(String info, String ownHostname) {
    try {
      JsonNode json = SidekiqCodec.MAPPER.readTree(info);
      return json.path("hostname").asText().equals(ownHostname)
          && json.path("pid_namespace").asText().equals(pidNamespace())
          && json.path("pid").isIntegralNumber()
          && ProcessHandle.of(json.path("pid").asLong()).filter(ProcessHandle::isAlive).isEmpty();
    } catch (JsonProcessingException e) {
      return false;
    }
  }
}
