package io.terrarium.core.assembly;

import io.terrarium.core.run.Capacity;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// What the domain must know of the installation.
///
/// @param archivistTokens the first signs paths, all verify
/// @param rootSecret keys of token digests are derived from it
/// @param router its internal listener, the way to archivist
/// @param publicUrl the address under which clients reach the mesh
/// @param outboundProxy the way to addresses that users give
public record CoreConfig(
    TransitConfig vault,
    List<Secret> archivistTokens,
    Secret rootSecret,
    URI router,
    URI publicUrl,
    URI outboundProxy,
    Capacity capacity,
    String terraformVersion) {
  private static final int MEMORY_MEGABYTES = 512;
  private static final int MEMORY_MEGABYTES_MAX = 1 << 20;
  private static final int CPUS_MAX = 1024;

  public static CoreConfig from(Env env) {
    return new CoreConfig(
        TransitConfig.from(env),
        Stream.of(
                Optional.of(env.secret("TERRARIUM_ARCHIVIST_TOKEN")),
                env.findSecret("TERRARIUM_ARCHIVIST_TOKEN_PREVIOUS"))
            .flatMap(Optional::stream)
            .toList(),
        env.secret("TERRARIUM_ROOT_SECRET"),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.uri("TERRARIUM_PUBLIC_URL"),
        env.uri("TERRARIUM_OUTBOUND_PROXY_URL"),
        new Capacity(
            env.integer("TFE_CAPACITY_MEMORY", MEMORY_MEGABYTES, 1, MEMORY_MEGABYTES_MAX),
            env.integer("TFE_CAPACITY_CPU", 0, 0, CPUS_MAX)),
        env.text("TERRARIUM_DEFAULT_TERRAFORM_VERSION"));
  }
}
