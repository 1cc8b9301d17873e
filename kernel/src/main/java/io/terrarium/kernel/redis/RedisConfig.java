package io.terrarium.kernel.redis;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.net.HostPort;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.tls.Trust;
import org.jspecify.annotations.Nullable;

/// How to reach Redis.
///
/// @param user of an access control list; without one the password is the server's own
/// @param trust in its certificate, where it speaks TLS
public record RedisConfig(
    String host,
    int port,
    @Nullable String user,
    @Nullable Secret password,
    boolean tls,
    Trust trust) {
  private static final int PORT = 6379;
  private static final int TLS_PORT = 6380;
  private static final String USER = "TFE_REDIS_USER";
  private static final String PASSWORD = "TFE_REDIS_PASSWORD";

  /// Of a server that knows no users.
  public RedisConfig(String host, int port, @Nullable Secret password, boolean tls) {
    this(host, port, null, password, tls, Trust.system());
  }

  public static RedisConfig from(Env env) {
    boolean tls = env.flag("TFE_REDIS_USE_TLS", false);
    HostPort server = env.hostPort("TFE_REDIS_HOST", tls ? TLS_PORT : PORT);
    @Nullable String user = env.find(USER).orElse(null);
    @Nullable Secret password = env.findSecret(PASSWORD).orElse(null);
    boolean authenticates = env.flag("TFE_REDIS_USE_AUTH", password != null);
    if (password == null && (authenticates || user != null)) {
      env.problem(
          PASSWORD
              + " or "
              + PASSWORD
              + "_FILE must be set where TFE_REDIS_USE_AUTH or "
              + USER
              + " is");
    }
    return new RedisConfig(
        server.host(),
        server.port(),
        authenticates ? user : null,
        authenticates ? password : null,
        tls,
        Trust.from(env));
  }
}
