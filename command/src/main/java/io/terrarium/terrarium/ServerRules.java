package io.terrarium.terrarium;

import static io.terrarium.terrarium.OperationalMode.ACTIVE_ACTIVE;
import static io.terrarium.terrarium.OperationalMode.EXTERNAL;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.tls.Trust;
import io.terrarium.operations.metrics.MetricsConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Which settings must come together for the servers of an installation's own, and for nodes that
/// share them.
final class ServerRules {
  /// The documents' default of `pg_extra_params`.
  private static final String DATABASE_PARAMETERS = "sslmode=require";

  private static final Map<String, String> STORES =
      Map.of("placement_s3", "s3", "placement_azure", "azure", "placement_gcs", "google");

  private final OperationalMode mode;
  private final Map<String, String> given;
  private final Map<String, String> environment;
  private final List<String> problems = new ArrayList<>();

  private ServerRules(
      OperationalMode mode, Map<String, String> given, Map<String, String> environment) {
    this.mode = mode;
    this.given = given;
    this.environment = environment;
  }

  /// Puts defaults into `environment`; the answer is what is missing or wrong.
  ///
  /// @param given by key of the file
  static List<String> apply(
      OperationalMode mode, Map<String, String> given, Map<String, String> environment) {
    ServerRules rules = new ServerRules(mode, given, environment);
    Env env = Env.of(environment);
    if (mode.has(EXTERNAL)) {
      environment.putIfAbsent("TFE_DATABASE_PARAMETERS", DATABASE_PARAMETERS);
      env = Env.of(environment);
      DatabaseConfig.from(env, 1);
      rules.store(env);
    }
    if (mode.has(ACTIVE_ACTIVE)) {
      rules.redis();
      RedisConfig.from(env);
      AmqpConfig.from(env);
      rules.sharedSettings();
    }
    Trust.from(env);
    MetricsConfig.Ports.from(env);
    rules.noteAll(env);
    return rules.problems;
  }

  private void store(Env env) {
    String placement = given.getOrDefault("placement", "");
    String type =
        Optional.ofNullable(environment.get("TFE_OBJECT_STORAGE_TYPE"))
            .map(store -> STORES.getOrDefault(store, store))
            .orElse("");
    switch (type) {
      case "s3" -> {
        environment.put("TFE_OBJECT_STORAGE_TYPE", type);
        ObjectStoreConfig.from(env);
      }
      case "" ->
          problems.add(
              "placement: must be set to placement_s3 (or TFE_OBJECT_STORAGE_TYPE to s3) with "
                  + mode.setting());
      case "azure", "google" ->
          problems.add(
              (placement.isEmpty() ? "TFE_OBJECT_STORAGE_TYPE: " : "placement: ")
                  + type
                  + " is no store that can be used here; use an S3");
      default -> problems.add("TFE_OBJECT_STORAGE_TYPE: must be s3");
    }
  }

  private void redis() {
    if (given.containsKey("redis_port") && !given.containsKey("redis_host")) {
      problems.add("redis_port: has a meaning only with redis_host; set that as well");
    }
  }

  private void sharedSettings() {
    for (SharedSetting shared : SharedSetting.values()) {
      if (!environment.containsKey(shared.variable()) && !given.containsKey(shared.key())) {
        problems.add(
            shared.key()
                + ": must be set, to the same on all nodes, with "
                + ACTIVE_ACTIVE.setting());
      }
    }
  }

  private void noteAll(Env env) {
    try {
      env.check();
    } catch (SettingsFault fault) {
      fault.problems().stream().map(SettingKey::withKeys).forEach(problems::add);
    }
  }
}
