package io.terrarium.buildmanager;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Settings of build-manager.
///
/// @param router its internal listener, the way to atlas
/// @param internalToken carried both ways
public record BuildManagerConfig(
    HttpAddress listen, AmqpConfig broker, URI router, Secret internalToken) {
  private static final int PORT = 7577;

  public static BuildManagerConfig from(Env env) {
    return new BuildManagerConfig(
        env.listen("TERRARIUM_BUILD_MANAGER", PORT),
        AmqpConfig.from(env),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
