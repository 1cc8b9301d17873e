package io.terrarium.contracts.build;

import java.util.List;

/// How the broker stands, as build-manager sees it: nobody else has to speak AMQP for that.
///
/// @param product as the broker calls itself, such as `RabbitMQ`; "" where it does not say
/// @param queues all of [BuildTopology]
public record BrokerReport(int v, String product, List<Queue> queues) {
  public static final int VERSION = 1;

  public BrokerReport {
    queues = List.copyOf(queues);
  }

  /// @param messages that wait; some brokers count those in somebody's hands too
  /// @param consumers that take them
  public record Queue(String name, long messages, int consumers) {}
}
