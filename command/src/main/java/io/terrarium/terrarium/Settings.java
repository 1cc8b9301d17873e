package io.terrarium.terrarium;

import static io.terrarium.terrarium.OperationalMode.ACTIVE_ACTIVE;
import static io.terrarium.terrarium.OperationalMode.EXTERNAL;
import static io.terrarium.terrarium.OperationalMode.LOCAL;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Reads `ptfe-settings.json` and the environment, which wins over it, and reports all that is
/// wrong with them at once. Keys and formats are the documents' ("Automating the installer",
/// Application settings, and "Active/Active", Common configuration).
final class Settings {
  private final Map<String, String> given;
  private final Env shell;
  private final List<String> problems;
  private final Map<String, String> environment = new LinkedHashMap<>();

  private Settings(Map<String, String> given, Env shell, List<String> problems) {
    this.given = given;
    this.shell = shell;
    this.problems = problems;
  }

  /// What the settings mean for the services' environment; empty without any.
  ///
  /// @throws SettingsFault with every problem
  static Map<String, String> read(MeshOptions options) {
    return read(options.settings(), Env.system());
  }

  /// As [#read(MeshOptions)], in the environment `shell`.
  static Map<String, String> read(Optional<Path> file, Env shell) {
    List<String> problems = new ArrayList<>();
    Map<String, String> given =
        file.map(path -> SettingsFile.read(path, problems)).orElse(Map.of());
    Settings settings = new Settings(given, shell, problems);
    settings.fromFile();
    settings.fromShell();
    OperationalMode mode = settings.mode();
    settings.checkMeaning(mode);
    problems.addAll(ServerRules.apply(mode, given, settings.environment));
    problems.addAll(VaultRules.problems(given, settings.environment));
    try {
      shell.check();
    } catch (SettingsFault fault) {
      problems.addAll(fault.problems());
    }
    if (!problems.isEmpty()) {
      throw new SettingsFault(problems.stream().distinct().toList());
    }
    return settings.environment;
  }

  /// Where a mounted disk installation keeps its data; empty in other modes. What is wrong with the
  /// file is left to [#read].
  static Optional<Path> diskPath(Path file) {
    Map<String, String> given = SettingsFile.read(file, new ArrayList<>());
    return "disk".equals(given.get("production_type"))
        ? Optional.ofNullable(given.get("disk_path")).map(Path::of)
        : Optional.empty();
  }

  private void fromFile() {
    given.forEach((name, value) ->
        SettingKey.of(name)
            .ifPresent(key -> {
              Optional<String> problem = key.problem(value);
              problem.ifPresent(what -> problems.add(name + ": " + what));
              if (problem.isEmpty()) {
                key.variable().ifPresent(variable -> environment.put(variable, value));
              }
            }));
    // The documents have two keys for what is one variable.
    String port = given.getOrDefault("redis_port", "");
    if (port.matches("\\d+")) {
      environment.computeIfPresent("TFE_REDIS_HOST", (_, host) -> host + ":" + port);
    }
  }

  private void fromShell() {
    for (SettingKey key : SettingKey.all()) {
      key.variable()
          .flatMap(variable -> find(variable).map(value -> Map.entry(variable, value)))
          .ifPresent(set -> {
            Optional<String> problem = key.problemInShell(set.getValue());
            problem.ifPresent(what -> problems.add(set.getKey() + ": " + what));
            if (problem.isEmpty()) {
              environment.put(set.getKey(), set.getValue());
            }
          });
    }
    for (String variable : ShellVariable.names()) {
      find(variable).ifPresent(value -> environment.put(variable, value));
    }
  }

  private Optional<String> find(String variable) {
    return MeshEnvironment.SECRETS.contains(variable)
        ? shell.findSecret(variable).map(Secret::value)
        : shell.find(variable);
  }

  private OperationalMode mode() {
    String asked = shell.text("TFE_OPERATIONAL_MODE", "");
    return switch (asked) {
      case "" -> modeOfFile();
      case "disk" -> LOCAL;
      case "external" -> EXTERNAL;
      case "active-active" -> ACTIVE_ACTIVE;
      default -> {
        problems.add("TFE_OPERATIONAL_MODE: must be disk, external or active-active, not " + asked);
        yield LOCAL;
      }
    };
  }

  private OperationalMode modeOfFile() {
    String type = given.getOrDefault("installation_type", "poc");
    OperationalMode mode = LOCAL;
    if (type.equals("production")) {
      mode = modeOfProduction(given.getOrDefault("production_type", ""));
    } else if (!type.equals("poc")) {
      problems.add("installation_type: must be poc or production, not " + type);
    }
    if (!given.getOrDefault("enable_active_active", "0").equals("1")) {
      return mode;
    }
    if (mode != EXTERNAL) {
      problems.add(
          "enable_active_active: needs installation_type production and production_type external;"
              + " set these, or set it to 0");
    }
    return ACTIVE_ACTIVE;
  }

  private OperationalMode modeOfProduction(String type) {
    switch (type) {
      case "disk" -> {
        if (!given.containsKey("disk_path")) {
          problems.add("disk_path: must be set when production_type is disk");
        }
      }
      case "external" -> {
        return EXTERNAL;
      }
      case "" ->
          problems.add(
              "production_type: must be set (disk or external) when installation_type is"
                  + " production");
      default -> problems.add("production_type: must be disk or external, not " + type);
    }
    return LOCAL;
  }

  /// A setting that would be passed over is a mistake: who wrote it believes that it works.
  private void checkMeaning(OperationalMode mode) {
    for (SettingKey key : SettingKey.all()) {
      boolean isInFile = given.containsKey(key.name());
      String name = isInFile ? key.name() : key.variable().orElse("");
      Optional<String> value =
          Optional.ofNullable(isInFile ? given.get(name) : environment.get(name));
      if (!mode.has(key.mode()) && value.filter(set -> !key.isOff(set)).isPresent()) {
        problems.add(name + ": " + withoutMeaning(key.mode()));
      }
    }
    for (ShellVariable variable : ShellVariable.values()) {
      if (environment.containsKey(variable.name()) && !mode.has(variable.mode())) {
        problems.add(variable.name() + ": " + withoutMeaning(variable.mode()));
      }
    }
  }

  private static String withoutMeaning(OperationalMode mode) {
    return "has a meaning only with " + mode.setting() + "; set that, or remove this";
  }
}
