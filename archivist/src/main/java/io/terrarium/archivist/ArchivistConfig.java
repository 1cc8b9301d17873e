package io.terrarium.archivist;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Settings of archivist.
///
/// @param tokens keys of signed paths; all verify
/// @param router its internal listener, the way to atlas
/// @param internalToken carried to atlas
public record ArchivistConfig(
    HttpAddress listen,
    List<Secret> tokens,
    ObjectStoreConfig store,
    RedisConfig redis,
    TransitConfig vault,
    URI router,
    Secret internalToken) {
  private static final int PORT = 7675;

  public static ArchivistConfig from(Env env) {
    return new ArchivistConfig(
        env.listen("TERRARIUM_ARCHIVIST", PORT),
        Stream.of(
                Optional.of(env.secret("TERRARIUM_ARCHIVIST_TOKEN")),
                env.findSecret("TERRARIUM_ARCHIVIST_TOKEN_PREVIOUS"))
            .flatMap(Optional::stream)
            .toList(),
        ObjectStoreConfig.from(env),
        RedisConfig.from(env),
        TransitConfig.from(env),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
