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
  private static final Map<String, String> KEYS =
      Map.of(
          "TFE_VAULT_ADDRESS", "extern_vault_addr",
          "TFE_VAULT_ROLE_ID", "extern_vault_role_id",
          "TFE_VAULT_SECRET_ID", "extern_vault_secret_id",
          "TFE_VAULT_PATH", "extern_vault_path",
          "TFE_VAULT_TOKEN_RENEW", "extern_vault_token_renew");

  private VaultRules() {}

  static boolean isOfTheUser(Map<String, String> environment) {
    return Env.of(environment).flag(SWITCH, false);
  }

  /// As the services would say it, with the keys that people know.
  static List<String> problems(Map<String, String> environment) {
    if (!isOfTheUser(environment)) {
      return List.of();
    }
    try {
      Env env = Env.of(environment);
      TransitConfig.from(env);
      env.check();
      return List.of();
    } catch (SettingsFault fault) {
      return fault.problems().stream().flatMap(VaultRules::withKey).toList();
    }
  }

  private static Stream<String> withKey(String problem) {
    String variable = problem.substring(0, problem.indexOf(' '));
    String key = KEYS.getOrDefault(variable, variable);
    return Stream.of(
        key
            + ": "
            + problem.substring(variable.length() + 1).replace(SWITCH, "extern_vault_enable"));
  }
}
