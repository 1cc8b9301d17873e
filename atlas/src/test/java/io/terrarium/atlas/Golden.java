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
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Whole documents, compared with a file. Ids are numbered in the order in which they were made,
/// and what is drawn by chance is left out. `-Dgolden.write=true` writes the files anew, to be read
/// by a person before they are committed.
final class Golden {
  private static final Path DIRECTORY = Path.of("src/test/resources/golden");

  /// As [AtlasFixture] counts them.
  private static final Pattern ID = Pattern.compile("\\b[a-z]+-\\d{16}\\b");

  /// Versions of variables, UUIDs, and the addresses of webhooks.
  private static final Pattern CHANCE =
      Pattern.compile(
          "\\b[0-9a-f]{64}\\b|\\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b"
              + "|(?<=/webhooks/vcs/)\\w+");

  private static final Pattern SIGNED = Pattern.compile("(/_archivist/v1/object/)[^\"]*\"");

  private Golden() {}

  static void assertSame(String name, JsonNode document) {
    try {
      String text =
          stable(Json.KEBAB.writerWithDefaultPrettyPrinter().writeValueAsString(document));
      if (Boolean.getBoolean("golden.write") && !isWritten(name, text)) {
        Files.writeString(DIRECTORY.resolve(name), text);
      }
      assertThat(Json.KEBAB.readTree(text)).isEqualTo(Json.KEBAB.readTree(read(name)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// Whether the file says the same, in whatever order.
  private static boolean isWritten(String name, String text) throws IOException {
    return Files.exists(DIRECTORY.resolve(name))
        && Json.KEBAB.readTree(text).equals(Json.KEBAB.readTree(read(name)));
  }

  private static String stable(String text) {
    Map<String, Integer> last = new HashMap<>();
    Map<String, String> numbered = new HashMap<>();
    ID.matcher(text)
        .results()
        .map(MatchResult::group)
        .sorted()
        .distinct()
        .forEach(id -> {
          String prefix = id.substring(0, id.indexOf('-') + 1);
          numbered.put(id, prefix + last.merge(prefix, 1, Integer::sum));
        });
    String withoutIds = ID.matcher(text).replaceAll(id -> numbered.get(id.group()));
    String withoutChance = CHANCE.matcher(withoutIds).replaceAll("…");
    return SIGNED.matcher(withoutChance).replaceAll("$1…\"") + "\n";
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
