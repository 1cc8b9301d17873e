package io.terrarium.terrarium;

import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.vault.TransitConfig;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/// What the settings of a Vault of the user's must be together.
final class VaultRules {
  private static final String SWITCH = "TFE_VAULT_USE_EXTERNAL";
  private static final String KEYS = "extern_vault_";

  private VaultRules() {}

  static boolean isOfTheUser(Map<String, String> environment) {
    return Env.of(environment).flag(SWITCH, false);
  }

  /// As the services would say it, with the keys that people know.
  ///
  /// @param given by key of the file
  static List<String> problems(Map<String, String> given, Map<String, String> environment) {
    if (!isOfTheUser(environment)) {
      return withoutSwitch(given, environment).toList();
    }
    try {
      Env env = Env.of(environment);
      TransitConfig.from(env);
      env.check();
      return List.of();
    } catch (SettingsFault fault) {
      return fault.problems().stream().map(SettingKey::withKeys).toList();
    }
  }

  /// Who describes a Vault believes that it is used.
  private static Stream<String> withoutSwitch(
      Map<String, String> given, Map<String, String> environment) {
    return SettingKey.all().stream()
        .filter(key -> key.name().startsWith(KEYS) && key.format() != SettingKey.Format.FLAG)
        .flatMap(key ->
            given.containsKey(key.name())
                ? Stream.of(key.name())
                : key.variable().filter(environment::containsKey).stream())
        .map(name ->
            name
                + ": has a meaning only with extern_vault_enable 1 ("
                + SWITCH
                + "); set that, or remove this");
  }
}
