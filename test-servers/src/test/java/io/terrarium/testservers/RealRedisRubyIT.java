package io.terrarium.testservers;

import io.terrarium.kernel.redis.RedisConfig;
import java.nio.file.Path;

class RealRedisRubyIT extends RubySidekiqContract {
  @Override
  protected BackingServer<RedisConfig> open(Path directory) {
    return SharedServers.redis();
  }
}
