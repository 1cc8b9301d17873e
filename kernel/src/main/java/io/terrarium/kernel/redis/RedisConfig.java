package io.terrarium.kernel.redis;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.settings.Env;
import org.jspecify.annotations.Nullable;

/// How to reach Redis.
public record RedisConfig(String host, int port, @Nullable Secret password, boolean tls) {
  public static RedisConfig from(Env env) {
    return new RedisConfig(
        env.text("TFE_REDIS_HOST"),
        env.integer("TFE_REDIS_PORT", 6379, 1, 65_535),
        env.findSecret("TFE_REDIS_PASSWORD").orElse(null),
        env.flag("TFE_REDIS_USE_TLS", false));
  }
}
