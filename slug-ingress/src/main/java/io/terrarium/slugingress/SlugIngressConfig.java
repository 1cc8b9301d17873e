package io.terrarium.slugingress;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import io.terrarium.slugingress.git.KnownHosts;
import io.terrarium.slugingress.limit.IngressLimits;
import java.net.URI;
import java.nio.file.Path;

/// Settings of slug-ingress.
///
/// @param directory for what is fetched and packed, until it is stored
/// @param proxy the outbound proxy, the only way to Git hosts
/// @param router its internal listener, the way to archivist and atlas
/// @param internalToken that callers must carry, and that hops are reported with
public record SlugIngressConfig(
    HttpAddress listen,
    Path directory,
    URI proxy,
    URI router,
    Secret internalToken,
    KnownHosts knownHosts,
    IngressLimits limits) {
  private static final int PORT = 7586;

  public static SlugIngressConfig from(Env env) {
    return new SlugIngressConfig(
        env.listen("TERRARIUM_SLUG_INGRESS", PORT),
        env.path("TERRARIUM_SLUG_INGRESS_DIRECTORY").toAbsolutePath(),
        env.uri("TERRARIUM_OUTBOUND_PROXY_URL"),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"),
        KnownHosts.from(env),
        IngressLimits.from(env));
  }
}
