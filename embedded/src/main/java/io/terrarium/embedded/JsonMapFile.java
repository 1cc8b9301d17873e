package io.terrarium.embedded;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// A small private JSON object on disk, rewritten whole at each change.
final class JsonMapFile<T> {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Path file;
  private final SortedMap<String, T> entries;

  private JsonMapFile(Path file, SortedMap<String, T> entries) {
    this.file = file;
    this.entries = entries;
  }

  static <T> JsonMapFile<T> open(Path file, TypeReference<SortedMap<String, T>> type) {
    if (!Files.exists(file)) {
      return new JsonMapFile<>(file, new TreeMap<>());
    }
    try {
      return new JsonMapFile<>(file, JSON.readValue(PrivateFile.read(file), type));
    } catch (JsonProcessingException e) {
      throw new EmbeddedFault(file + " is not valid JSON: restore it from a backup", e);
    }
  }

  Optional<T> get(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  boolean isTakenByAnother(String name, T value) {
    return entries.entrySet().stream()
        .anyMatch(entry -> !entry.getKey().equals(name) && entry.getValue().equals(value));
  }

  void put(String name, T value) {
    entries.put(name, value);
    write();
  }

  void remove(String name) {
    entries.remove(name);
    write();
  }

  /// Both ends of it in one write.
  void rename(String from, String name) {
    T value = entries.remove(from);
    if (value != null) {
      entries.put(name, value);
    }
    write();
  }

  private void write() {
    try {
      PrivateFile.write(
          file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(entries) + "\n");
    } catch (JsonProcessingException e) {
      throw new EmbeddedFault("cannot write " + file, e);
    }
  }
}
