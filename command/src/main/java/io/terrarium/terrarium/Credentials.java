package io.terrarium.terrarium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.embedded.PrivateFile;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The admin that `demo` made, kept in the data directory for it and for `trace`, readable by its
/// owner alone.
record Credentials(String token) {
  private static final String FILE = "demo-credentials.json";

  static Optional<Credentials> read(Path data) {
    Path file = data.resolve(FILE);
    if (!Files.exists(file)) {
      return Optional.empty();
    }
    try {
      JsonNode tree = Json.SNAKE.readTree(file.toFile());
      return Optional.of(new Credentials(tree.path("token").asText()));
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be read: " + e.getMessage(), e);
    }
  }

  void write(Path data) {
    Path file = data.resolve(FILE);
    try {
      PrivateFile.write(file, Json.SNAKE.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new MeshFault(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
