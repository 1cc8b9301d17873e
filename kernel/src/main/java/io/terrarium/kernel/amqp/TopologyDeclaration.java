package io.terrarium.kernel.amqp;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/// Makes a topology true on a broker. RabbitMQ gets replicated queues with limits of its own as a
/// safety net; other brokers get plain durable queues, since they know none of these arguments.
final class TopologyDeclaration {
  /// Generous: attempts are counted by us, and a worker that is restarted often must not lose any.
  private static final int DELIVERIES_MAX = 1_000;

  private final AmqpTopology topology;

  TopologyDeclaration(AmqpTopology topology) {
    this.topology = topology;
  }

  void declare(Connection connection) throws IOException {
    boolean isRabbit = isRabbit(connection);
    Channel channel =
        connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
    try {
      for (AmqpTopology.Exchange exchange : topology.exchanges()) {
        channel.exchangeDeclare(exchange.name(), exchange.kind().wire(), true);
      }
      queue(channel, topology.deadLetterQueue(), isRabbit ? replicated() : Map.of());
      for (String queue : topology.queues()) {
        queue(channel, queue, isRabbit ? limited() : Map.of());
      }
      for (AmqpTopology.Binding binding : topology.bindings()) {
        channel.queueBind(binding.queue(), binding.exchange(), binding.routingKey());
      }
    } finally {
      channel.abort();
    }
  }

  static boolean isRabbit(Connection connection) {
    return product(connection).equals("RabbitMQ");
  }

  /// As the broker calls itself, "" where it does not.
  static String product(Connection connection) {
    Object product = connection.getServerProperties().get("product");
    return product == null ? "" : product.toString();
  }

  private static void queue(Channel channel, String name, Map<String, Object> arguments)
      throws IOException {
    channel.queueDeclare(name, true, false, false, arguments);
  }

  private static Map<String, Object> replicated() {
    return Map.of("x-queue-type", "quorum");
  }

  private Map<String, Object> limited() {
    Map<String, Object> arguments = new HashMap<>(replicated());
    arguments.put("x-delivery-limit", DELIVERIES_MAX);
    arguments.put("x-dead-letter-exchange", "");
    arguments.put("x-dead-letter-routing-key", topology.deadLetterQueue());
    return arguments;
  }
}
