package io.terrarium.registry;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Settings of the registry's API.
///
/// @param archivistToken key of signed paths
/// @param router its internal listener, the way to atlas
/// @param internalToken that atlas must carry, carried to atlas and the worker
/// @param worker to which versions are passed on
public record RegistryApiConfig(
    HttpAddress listen,
    DatabaseConfig database,
    Secret archivistToken,
    URI router,
    Secret internalToken,
    URI worker) {
  private static final int PORT = 3121;
  private static final int CONNECTIONS_MAX = 4;

  public static RegistryApiConfig from(Env env) {
    return new RegistryApiConfig(
        env.listen("TERRARIUM_REGISTRY_API", PORT),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        env.secret("TERRARIUM_ARCHIVIST_TOKEN"),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        env.uri("TERRARIUM_REGISTRY_WORKER_URL"));
  }
}
