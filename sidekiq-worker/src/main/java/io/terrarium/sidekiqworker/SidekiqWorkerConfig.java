package io.terrarium.sidekiqworker;

import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Settings of the sidekiq worker.
///
/// @param node name of the machine, whose drain keeps this from taking jobs
/// @param internalToken carried to build-manager, state-parser, slug-ingress, registry-api and
///   atlas
public record SidekiqWorkerConfig(
    HttpAddress listen,
    String node,
    DatabaseConfig database,
    RedisConfig redis,
    CoreConfig core,
    URI buildManager,
    URI stateParser,
    URI slugIngress,
    URI registryApi,
    Secret internalToken) {
  private static final int PORT = 7579;
  private static final int CONNECTIONS_MAX = 8;

  public static SidekiqWorkerConfig from(Env env) {
    return new SidekiqWorkerConfig(
        env.listen("TERRARIUM_SIDEKIQ_WORKER", PORT),
        env.text("TERRARIUM_NODE", "node"),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        RedisConfig.from(env),
        CoreConfig.from(env),
        env.uri("TERRARIUM_BUILD_MANAGER_URL"),
        env.uri("TERRARIUM_STATE_PARSER_URL"),
        env.uri("TERRARIUM_SLUG_INGRESS_URL"),
        env.uri("TERRARIUM_REGISTRY_API_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
