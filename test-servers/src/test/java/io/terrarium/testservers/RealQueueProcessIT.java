package io.terrarium.testservers;

import io.terrarium.kernel.redis.RedisConfig;
import java.nio.file.Path;

class RealQueueProcessIT extends QueueProcessContract {
  @Override
  protected BackingServer<RedisConfig> open(Path directory) {
    return SharedServers.redis();
  }
}
