package io.terrarium.contracts.golden;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// A payload and the file that holds it as the wire does. `-Dgolden.write=true` writes the files
/// anew, to be read by a person before they are committed: whoever runs the version before this one
/// must still understand them.
public record Golden<T>(String name, T payload, Wire<T> wire) {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  /// The names of all files, those that no payload belongs to included.
  static Set<String> files() throws IOException {
    try (Stream<Path> files = Files.list(DIRECTORY)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.getFileName().toString().replaceFirst("\\.json$", "")));
      return names;
    }
  }

  JsonNode written() throws IOException {
    return Json.SNAKE.readTree(wire.write(payload));
  }

  JsonNode expected() throws IOException {
    return Json.SNAKE.readTree(file());
  }

  T read() throws IOException {
    return wire.read(file());
  }

  private byte[] file() throws IOException {
    Path file = DIRECTORY.resolve(name + ".json");
    if (Boolean.getBoolean("golden.write")) {
      Files.writeString(
          file, Json.SNAKE.writerWithDefaultPrettyPrinter().writeValueAsString(written()) + "\n");
    }
    return Files.readAllBytes(file);
  }

  @Override
  public String toString() {
    return name;
  }
}
