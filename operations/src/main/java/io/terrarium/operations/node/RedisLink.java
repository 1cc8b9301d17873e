package io.terrarium.operations.node;

import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Redis once it is there: this service starts without it, since it is the one to tell that Redis
/// is away.
final class RedisLink implements AutoCloseable {
  private final RedisConfig config;
  private @Nullable Redis redis;

  RedisLink(RedisConfig config) {
    this.config = config;
  }

  /// @throws RedisFault while it has never been there
  synchronized Redis get() {
    Redis open = redis;
    if (open == null) {
      open = Redis.open(config, "operations", Duration.ZERO);
      redis = open;
    }
    return open;
  }

  @Override
  public synchronized void close() {
    if (redis != null) {
      redis.close();
    }
  }
}
