package io.terrarium.testservers;

import io.terrarium.kernel.amqp.AmqpConfig;
import java.nio.file.Path;

class RabbitMqIT extends BrokerContract {
  @Override
  protected BackingServer<AmqpConfig> open(Path directory) {
    return SharedServers.broker();
  }
}
