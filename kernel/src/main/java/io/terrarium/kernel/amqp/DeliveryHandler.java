package io.terrarium.kernel.amqp;

import java.util.Map;

/// Takes a delivery and sees to it that it is acknowledged, requeued or parked, now or later. What
/// it throws parks the message.
@FunctionalInterface
public interface DeliveryHandler {
  void handle(Delivery delivery) throws Exception;

  /// What the log says of what the message belongs to.
  default Map<String, String> logged(Delivery delivery) {
    return Map.of();
  }
}
