package io.terrarium.atlas;

import io.terrarium.atlas.api.admin.InitialAdminConfig;
import io.terrarium.core.assembly.CoreConfig;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.util.Map;
import java.util.regex.Pattern;

/// Settings of atlas.
///
/// @param publicUrl under which clients reach the site
/// @param telemetry OpenTelemetry's own variables, `OTEL_…`
/// @param registryApi which is offered the modules that are stored, and tells what stands in them
/// @param internalToken carried by what the other services send to the internal routes
public record AtlasConfig(
    HttpAddress listen,
    URI publicUrl,
    DatabaseConfig database,
    RedisConfig redis,
    CoreConfig core,
    URI registryApi,
    Secret internalToken,
    InitialAdminConfig initialAdmin,
    Map<String, String> telemetry) {
  private static final Pattern TELEMETRY = Pattern.compile("OTEL_.*");
  private static final int PORT = 9292;
  private static final int CONNECTIONS_MAX = 20;

  public static AtlasConfig from(Env env) {
    return new AtlasConfig(
        env.listen("TERRARIUM_ATLAS", PORT),
        env.uri("TERRARIUM_PUBLIC_URL"),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        RedisConfig.from(env),
        CoreConfig.from(env),
        env.uri("TERRARIUM_REGISTRY_API_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        InitialAdminConfig.from(env),
        env.surroundings(TELEMETRY));
  }
}
