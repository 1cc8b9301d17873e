package io.terrarium.operations;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import io.terrarium.operations.backup.BackupConfig;
import io.terrarium.operations.health.HealthConfig;
import io.terrarium.operations.metrics.MetricsConfig;
import io.terrarium.operations.node.NodeConfig;

/// Settings of operations.
///
/// @param internalToken that callers of internal routes must carry
public record OperationsConfig(
    HttpAddress listen,
    Secret internalToken,
    HealthConfig health,
    NodeConfig node,
    MetricsConfig metrics,
    BackupConfig backup) {
  private static final int PORT = 23_005;

  public static OperationsConfig from(Env env) {
    HttpAddress listen = env.listen("TERRARIUM_OPERATIONS", PORT);
    return new OperationsConfig(
        listen,
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        HealthConfig.from(env),
        NodeConfig.from(env),
        MetricsConfig.from(env, listen.host()),
        BackupConfig.from(env));
  }
}
