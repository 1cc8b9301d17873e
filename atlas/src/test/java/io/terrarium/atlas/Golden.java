package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Whole documents, compared with a file. `-Dgolden.write=true` writes the files anew, to be read
/// by a person before they are committed.
final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  private Golden() {}

  static void assertSame(String name, JsonNode document) {
    try {
      String text = Json.KEBAB.writerWithDefaultPrettyPrinter().writeValueAsString(document) + "\n";
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(DIRECTORY.resolve(name), text);
      }
      assertThat(document).isEqualTo(Json.KEBAB.readTree(read(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(String name) throws IOException {
    Path written = DIRECTORY.resolve(name);
    if (Files.exists(written)) {
      return Files.readString(written);
    }
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
      return file == null
          ? ""
          : new String(file.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    }
  }
}
