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
import java.util.Optional;
import java.util.regex.Pattern;

/// Settings of atlas.
///
/// @param publicUrl under which clients reach the site
/// @param lab the control of the lab, where this mesh is one
/// @param telemetry OpenTelemetry's own variables, `OTEL_…`
/// @param registryApi which is offered the modules that are stored, and tells what stands in them
/// @param buildManager which tells how the broker's queues stand
/// @param internalToken carried by what the other services send to the internal routes
public record AtlasConfig(
    HttpAddress listen,
    URI publicUrl,
    DatabaseConfig database,
    RedisConfig redis,
    CoreConfig core,
    URI registryApi,
    URI buildManager,
    Secret internalToken,
    InitialAdminConfig initialAdmin,
    Optional<Lab> lab,
    Map<String, String> telemetry) {
  private static final Pattern TELEMETRY = Pattern.compile("OTEL_.*");
  private static final int PORT = 9292;
  private static final int CONNECTIONS_MAX = 20;

  /// What can break this mesh, and mend it.
  public record Lab(URI control, Secret token) {
    private static Optional<Lab> from(Env env) {
      Optional<URI> control = env.findUri("TERRARIUM_LAB_URL");
      Optional<Secret> token = env.findSecret("TERRARIUM_LAB_TOKEN");
      if (control.isPresent() != token.isPresent()) {
        env.problem("TERRARIUM_LAB_URL and TERRARIUM_LAB_TOKEN must be set together, or neither");
      }
      return control.flatMap(url -> token.map(known -> new Lab(url, known)));
    }
  }

  public static AtlasConfig from(Env env) {
    return new AtlasConfig(
        env.listen("TERRARIUM_ATLAS", PORT),
        env.uri("TERRARIUM_PUBLIC_URL"),
        DatabaseConfig.from(env, CONNECTIONS_MAX),
        RedisConfig.from(env),
        CoreConfig.from(env),
        env.uri("TERRARIUM_REGISTRY_API_URL"),
        env.uri("TERRARIUM_BUILD_MANAGER_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        InitialAdminConfig.from(env),
        Lab.from(env),
        env.surroundings(TELEMETRY));
  }
}
