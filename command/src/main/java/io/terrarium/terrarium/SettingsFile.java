package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `ptfe-settings.json` (`{"key": {"value": "…"}}`) says, by key.
final class SettingsFile {
  private final List<String> problems;
  private final Map<String, String> given = new LinkedHashMap<>();

  private SettingsFile(List<String> problems) {
    this.problems = problems;
  }

  /// @param problems gets what is wrong with the form of the file
  static Map<String, String> read(Path file, List<String> problems) {
    SettingsFile read = new SettingsFile(problems);
    read.parse(file);
    return read.given;
  }

  private void parse(Path file) {
    if (!Files.isReadable(file)) {
      problems.add(file + ": there is no such file, or it may not be read");
      return;
    }
    try {
      JsonNode tree = Json.SNAKE.readTree(file.toFile());
      if (tree == null || !tree.isObject()) {
        problems.add(file + ": must be one JSON object, {\"key\": {\"value\": \"…\"}}");
        return;
      }
      tree.properties().forEach(entry -> entry(entry.getKey(), entry.getValue()));
    } catch (IOException e) {
      problems.add(
          file
              + ": cannot be read as JSON: "
              + String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  private void entry(String key, JsonNode node) {
    JsonNode value = node.path("value");
    if (SettingKey.of(key).isEmpty()) {
      problems.add(key + ": is no known setting; remove it or mend its name");
    } else if (!node.isObject() || (node.has("value") && !value.isTextual())) {
      problems.add(key + ": must be an object with a text, such as {\"value\": \"1\"}");
    } else if (value.isTextual() && !value.asText().isEmpty()) {
      given.put(key, value.asText());
    }
  }
}
