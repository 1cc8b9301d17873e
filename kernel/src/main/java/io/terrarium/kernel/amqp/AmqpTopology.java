package io.terrarium.kernel.amqp;

import java.util.List;

/// What a service needs on the broker; declared at each connection, so that a broker that lost its
/// memory has it again.
///
/// @param queues durable ones
/// @param deadLetterQueue where messages are parked that nobody can use
public record AmqpTopology(
    List<Exchange> exchanges, List<String> queues, List<Binding> bindings, String deadLetterQueue) {
  public enum Kind {
    DIRECT("direct"),
    FANOUT("fanout"),
    TOPIC("topic");

    private final String wire;

    Kind(String wire) {
      this.wire = wire;
    }

    String wire() {
      return wire;
    }
  }

  /// A durable exchange.
  public record Exchange(String name, Kind kind) {}

  public record Binding(String exchange, String queue, String routingKey) {}

  public AmqpTopology {
    exchanges = List.copyOf(exchanges);
    queues = List.copyOf(queues);
    bindings = List.copyOf(bindings);
  }
}
