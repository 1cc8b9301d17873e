package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;

/// Provider schemas, kept by the exact versions of terraform and of the providers, since big
/// providers take seconds to tell them.
final class SchemaCache {
  private final Path directory;

  SchemaCache(Path directory) {
    this.directory = directory;
  }

  /// Made of terraform's version and the lock file; without one only built-in providers are used,
  /// which come with terraform.
  String key(Path working, String terraformVersion) throws IOException {
    Path lock = working.resolve(".terraform.lock.hcl");
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      digest.update((terraformVersion + "\n").getBytes(StandardCharsets.UTF_8));
      if (Files.isRegularFile(lock)) {
        digest.update(Files.readAllBytes(lock));
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /// Schemas, and the file that they were read from.
  record Schemas(JsonNode tree, Path file) {
    static Schemas of(Path file) throws IOException {
      return new Schemas(Json.SNAKE.readTree(file.toFile()), file);
    }

    /// Whether they tell of all `providers`; the built-in one is in no lock file.
    boolean cover(Set<String> providers) {
      return providers.stream().allMatch(tree.path("provider_schemas")::has);
    }
  }

  Optional<Schemas> find(String key) throws IOException {
    Path file = directory.resolve(key + ".json");
    return Files.exists(file) ? Optional.of(Schemas.of(file)) : Optional.empty();
  }

  void keep(String key, Path schemas) throws IOException {
    Files.createDirectories(directory);
    Path half = Files.createTempFile(directory, key, ".half");
    try {
      Files.copy(schemas, half, StandardCopyOption.REPLACE_EXISTING);
      Files.move(half, directory.resolve(key + ".json"), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
  }
}
