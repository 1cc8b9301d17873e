package io.terrarium.terrarium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.embedded.PrivateFile;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// The first admin, where a command has made it: kept in the data directory for the next one and
/// for `trace`, readable by its owner alone.
record Credentials(String token) {
  private static final String FILE = "demo-credentials.json";
  private static final int PASSWORD_CHARACTERS = 20;

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

  /// The admin that a command made before, or a new one.
  ///
  /// @throws MeshFault when a person has made the first admin
  static Credentials ensure(Mesh mesh) {
    Optional<Credentials> kept = read(mesh.dataDirectory());
    if (kept.isPresent()) {
      return kept.get();
    }
    ApiAccess anonymous = new ApiAccess(mesh.httpUrl(), "");
    String initialToken = anonymous.get("/admin/retrieve-iact").body().strip();
    ApiAccess.Answer admin =
        anonymous.post(
            "/admin/initial-admin-user?token=" + initialToken,
            "{\"username\":\"admin\",\"email\":\"admin@example.com\",\"password\":\""
                + Tokens.base58(PASSWORD_CHARACTERS)
                + "\"}");
    if (admin.status() != 200) {
      throw new MeshFault(
          "this data has an admin already whose token is not kept; use other data: --data DIR");
    }
    Credentials made = new Credentials(admin.json().path("token").asText());
    made.write(mesh.dataDirectory());
    return made;
  }

  private void write(Path data) {
    Path file = data.resolve(FILE);
    try {
      PrivateFile.write(file, Json.SNAKE.writeValueAsString(this));
    } catch (JsonProcessingException e) {
      throw new MeshFault(file + " cannot be written: " + e.getMessage(), e);
    }
  }
}
