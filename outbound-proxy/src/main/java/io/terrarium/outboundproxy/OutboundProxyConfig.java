package io.terrarium.outboundproxy;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.settings.Env;
import java.net.URI;
import java.time.Duration;

/// Settings of the outbound proxy.
///
/// @param allow what may be reached although it is not public
/// @param router its internal listener, the way to atlas, which hears of hops
/// @param internalToken carried to atlas
public record OutboundProxyConfig(
    HttpAddress listen, AllowList allow, Limits limits, URI router, Secret internalToken) {
  private static final int PORT = 7585;
  private static final int SECONDS = 300;
  private static final int SECONDS_MAX = 24 * 3600;
  private static final int MEGABYTES = 1024;
  private static final int MEGABYTES_MAX = 1 << 20;
  private static final int CONNECTIONS = 256;
  private static final int CONNECTIONS_MAX = 1 << 16;

  /// @param time from the first byte of a connection to its last
  /// @param bytes each way
  /// @param connections at once
  record Limits(Duration time, long bytes, int connections) {}

  public static OutboundProxyConfig from(Env env) {
    return new OutboundProxyConfig(
        env.listen("TERRARIUM_OUTBOUND_PROXY", PORT),
        AllowList.from(env, "TERRARIUM_OUTBOUND_ALLOW"),
        new Limits(
            Duration.ofSeconds(
                env.integer("TERRARIUM_OUTBOUND_SECONDS_MAX", SECONDS, 1, SECONDS_MAX)),
            env.integer("TERRARIUM_OUTBOUND_MEGABYTES_MAX", MEGABYTES, 1, MEGABYTES_MAX)
                * 1_000_000L,
            env.integer("TERRARIUM_OUTBOUND_CONNECTIONS_MAX", CONNECTIONS, 1, CONNECTIONS_MAX)),
        env.uri("TERRARIUM_ROUTER_INTERNAL_URL"),
        env.secret("TERRARIUM_INTERNAL_API_TOKEN"));
  }
}
