package io.terrarium.kernel.amqp;

/// Takes a delivery and sees to it that it is acknowledged, requeued or parked, now or later. What
/// it throws parks the message.
@FunctionalInterface
public interface DeliveryHandler {
  void handle(Delivery delivery) throws Exception;
}
