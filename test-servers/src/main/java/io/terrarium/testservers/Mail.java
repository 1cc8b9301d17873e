package io.terrarium.testservers;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.terrarium.kernel.amqp.AmqpFault;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.Delivery;
import io.terrarium.kernel.amqp.DeliveryHandler;
import java.util.Queue;

/// What the suites of a broker send and take.
final class Mail {
  private Mail() {}

  static AmqpMessage of(String id) {
    return AmqpMessage.json("{}".getBytes(UTF_8), "test", id);
  }

  static DeliveryHandler settling(Queue<Delivery> taken) {
    return delivery -> {
      delivery.ack();
      taken.add(delivery);
    };
  }

  /// Whether the broker has taken a message of this id.
  static boolean isPublished(Broker broker, String exchange, String key, String id) {
    try {
      broker.publish(exchange, key, of(id));
      return true;
    } catch (AmqpFault fault) {
      return false;
    }
  }
}
