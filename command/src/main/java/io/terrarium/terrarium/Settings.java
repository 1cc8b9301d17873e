package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.settings.SettingsFault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `ptfe-settings.json` (`{"key": {"value": "…"}}`) and reports all that is wrong with it at
/// once. Keys and formats are the documents' ("Automating the installer", Application settings, and
/// "Active/Active", Common configuration).
final class Settings {
  private final Map<String, String> given = new LinkedHashMap<>();
  private final List<String> problems = new ArrayList<>();

  private Settings() {}

  /// What the settings mean for the services' environment; empty without a file.
  ///
  /// @throws SettingsFault with every problem
  static Map<String, String> read(MeshOptions options) {
    Optional<Path> file = options.settings();
    if (file.isEmpty()) {
      return Map.of();
    }
    Settings settings = new Settings();
    settings.parse(file.get());
    settings.checkMode();
    Map<String, String> environment = settings.environment();
    if (!settings.problems.isEmpty()) {
      throw new SettingsFault(settings.problems);
    }
    return environment;
  }

  /// Where a mounted disk installation keeps its data; empty in other modes. What is wrong with the
  /// file is left to [#read].
  static Optional<Path> diskPath(Path file) {
    Settings settings = new Settings();
    settings.parse(file);
    return "disk".equals(settings.given.get("production_type"))
        ? Optional.ofNullable(settings.given.get("disk_path")).map(Path::of)
        : Optional.empty();
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

  private void checkMode() {
    String type = given.getOrDefault("installation_type", "poc");
    if (type.equals("production")) {
      checkProduction(given.getOrDefault("production_type", ""));
    } else if (!type.equals("poc")) {
      problems.add("installation_type: must be poc or production, not " + type);
    }
    if (given.getOrDefault("enable_active_active", "0").equals("1")) {
      problems.add("enable_active_active: does not work here yet; set it to 0 and run one node");
    }
  }

  private void checkProduction(String type) {
    switch (type) {
      case "disk" -> {
        if (!given.containsKey("disk_path")) {
          problems.add("disk_path: must be set when production_type is disk");
        }
      }
      case "external" -> problems.add("production_type: external does not work here yet; use disk");
      case "" ->
          problems.add("production_type: must be set (disk) when installation_type is production");
      default -> problems.add("production_type: must be disk or external, not " + type);
    }
  }

  private Map<String, String> environment() {
    Map<String, String> environment = new LinkedHashMap<>();
    given.forEach((name, value) ->
        SettingKey.of(name)
            .ifPresent(key -> {
              key.problem(value).ifPresent(problem -> problems.add(name + ": " + problem));
              key.variable().ifPresent(variable -> environment.put(variable, value));
            }));
    return environment;
  }
}
