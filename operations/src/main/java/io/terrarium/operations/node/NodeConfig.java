package io.terrarium.operations.node;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.util.Optional;

/// Which node this is.
///
/// @param boot names this start of the node, the same for all its services; empty where each start
///   of this service counts as one of the node
/// @param router its internal listener, the way to atlas
public record NodeConfig(
    String name, Optional<String> boot, RedisConfig redis, URI router, Secret internalToken) {
  public static NodeConfig from(Env env) {
    return new NodeConfig(
        env.text("TERRARIUM_NODE", "node"),
        env.findSecret("TERRARIUM_NODE_BOOT").map(Secret::value),
        RedisConfig.from(env),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
