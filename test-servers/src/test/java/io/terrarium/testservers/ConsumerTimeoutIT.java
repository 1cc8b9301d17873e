package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.AmqpTopology;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.testsupport.Eventually;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

/// A RabbitMQ that closes the channel of whoever keeps a message too long, which ours must be told
/// not to do within a run.
class ConsumerTimeoutIT {
  private static final String QUEUE = "it.slow";
  private static final AmqpTopology TOPOLOGY =
      new AmqpTopology(List.of(), List.of(QUEUE), List.of(), "it.slow.dead");

  @Test
  void a_delivery_that_is_held_too_long_comes_again_to_the_same_consumer() {
    try (BackingServer<AmqpConfig> server = RealServers.brokerWith("consumer_timeout = 1000");
        Broker broker =
            Broker.open(
                server.config(), "slow-it", TOPOLOGY, Clock.systemUTC(), Duration.ofSeconds(20))) {
      Queue<Delivery> taken = new ConcurrentLinkedQueue<>();
      broker.publish(
          "", QUEUE, AmqpMessage.json("{}".getBytes(StandardCharsets.UTF_8), "test", "m-1"));

      try (AmqpConsumer _ = broker.consume(QUEUE, 1, taken::add)) {
        Eventually.until("the message a second time", () -> taken.size() >= 2);
      }

      assertThat(taken).extracting(delivery -> delivery.message().messageId()).containsOnly("m-1");
    }
  }
}
