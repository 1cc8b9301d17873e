package io.terrarium.buildworker.engine;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/// Provider schemas, kept by the exact versions of terraform and of the providers, since big
/// providers take seconds to tell them; compressed, since they are stored so with each plan.
final class SchemaCache {
  private static final int BUFFER_BYTES = 64 * 1024;

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

  /// Schemas, and the compressed file that holds them.
  record Schemas(JsonNode tree, Path compressed) {
    private static Schemas of(Path compressed) throws IOException {
      try (InputStream in = new GZIPInputStream(Files.newInputStream(compressed), BUFFER_BYTES)) {
        return new Schemas(Json.SNAKE.readTree(in), compressed);
      }
    }

    /// Whether they tell of all `providers`; the built-in one is in no lock file.
    boolean cover(Set<String> providers) {
      return providers.stream().allMatch(tree.path("provider_schemas")::has);
    }
  }

  Optional<Schemas> find(String key) throws IOException {
    Path file = file(key);
    return Files.exists(file) ? Optional.of(Schemas.of(file)) : Optional.empty();
  }

  /// @param told by terraform
  Schemas keep(String key, Path told) throws IOException {
    Files.createDirectories(directory);
    Path half = Files.createTempFile(directory, key, ".half");
    try {
      try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(half), BUFFER_BYTES)) {
        Files.copy(told, out);
      }
      Files.move(half, file(key), StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(half);
    }
    return Schemas.of(file(key));
  }

  private Path file(String key) {
    return directory.resolve(key + ".json.gz");
  }
}
