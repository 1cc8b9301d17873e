package io.terrarium.terrarium.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.json.Json;
import io.terrarium.terrarium.MeshFault;
import java.io.IOException;
import java.nio.file.Path;

/// What a mesh keeps in its data directory about its servers.
record MeshData(Path directory) {
  int port(String server) {
    return kept("ports.json").path(server).asInt();
  }

  Secret secret(String name) {
    return new Secret(kept("secrets.json").path(name).asText());
  }

  private JsonNode kept(String name) {
    Path file = directory.resolve(name);
    try {
      return Json.SNAKE.readTree(file.toFile());
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be read: " + e.getMessage(), e);
    }
  }
}
