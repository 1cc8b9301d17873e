package io.terrarium.terrarium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.PrivateFile;
import io.terrarium.kernel.settings.Env;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/// What the services of a running mesh were told, for commands that use the same servers: a file in
/// the data directory, readable by its owner alone, for as long as the mesh runs.
final class MeshFile implements AutoCloseable {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String NAME = "environment.json";

  private final Path file;

  private MeshFile(Path file) {
    this.file = file;
  }

  static MeshFile write(Path data, Map<String, String> environment) {
    Path file = data.resolve(NAME);
    try {
      PrivateFile.write(file, JSON.writeValueAsString(new TreeMap<>(environment)));
      return new MeshFile(file);
    } catch (JsonProcessingException e) {
      throw new MeshFault(file + " cannot be written", e);
    }
  }

  /// @throws MeshFault when no mesh runs on `data`
  static Env read(Path data) {
    Path file = data.resolve(NAME);
    if (!DataDirectory.isInUse(data) || !Files.exists(file)) {
      throw new MeshFault(
          "no mesh runs on " + data + "; start it, or see --data and --environment");
    }
    try {
      Map<String, String> environment =
          JSON.readValue(file.toFile(), new TypeReference<Map<String, String>>() {});
      return Env.of(environment);
    } catch (IOException e) {
      throw new MeshFault(file + " cannot be read", e);
    }
  }

  @Override
  public void close() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
