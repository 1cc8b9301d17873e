package io.terrarium.registry;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;

/// Settings of the registry's worker.
///
/// @param archivistToken key of signed paths
/// @param router its internal listener, the way to archivist and atlas
/// @param internalToken that the API must carry, carried to atlas
public record RegistryWorkerConfig(
    HttpAddress listen,
    DatabaseConfig database,
    Secret archivistToken,
    URI router,
    Secret internalToken) {
  private static final int PORT = 7591;
  private static final int CONNECTIONS_MAX = 4;

  public static RegistryWorkerConfig from(Env env) {
    return new RegistryWorkerConfig(
        env.listen("TERRARIUM_REGISTRY_WORKER", PORT),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        env.secret("TERRARIUM_ARCHIVIST_TOKEN"),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
