package io.terrarium.atlas;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;

/// Whole documents, compared with a file. Ids are numbered in the order in which a document shows
/// them, and what signs an address is left out. `-Dgolden.write=true` writes the files anew, to be
/// read by a person before they are committed.
final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  /// As [AtlasFixture] counts them.
  private static final Pattern ID = Pattern.compile("\\b([a-z]+-)\\d{16}\\b");

  private static final Pattern SIGNED = Pattern.compile("(/_archivist/v1/object/)[^\"]*\"");

  private Golden() {}

  static void assertSame(String name, JsonNode document) {
    try {
      String text =
          stable(Json.KEBAB.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      if (Boolean.getBoolean("golden.write")) {
        Files.writeString(DIRECTORY.resolve(name), text);
      }
      assertThat(text).isEqualTo(read(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String stable(String text) {
    Map<String, String> numbered = new HashMap<>();
    Map<String, Integer> last = new HashMap<>();
    String withoutIds =
        ID.matcher(text)
            .replaceAll(id ->
                numbered.computeIfAbsent(
                    id.group(), _ -> id.group(1) + last.merge(id.group(1), 1, Integer::sum)));
    return SIGNED.matcher(withoutIds).replaceAll("$1…\"") + "\n";
  }

  private static String read(String name) throws IOException {
    Path written = DIRECTORY.resolve(name);
    if (Files.exists(written)) {
      return Files.readString(written);
    }
    try (InputStream file = Golden.class.getResourceAsStream("/golden/" + name)) {
      return file == null ? "" : new String(file.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
