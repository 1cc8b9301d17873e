package io.terrarium.buildworker;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.DeliveryHandler;
import java.util.ArrayList;
import java.util.List;

/// Listens on the three queues of commands while a slot is free, to applies first. It listens to
/// nothing before it is opened, and never again once it was told to end.
final class Intake implements AutoCloseable {
  private final Broker broker;
  private final int slots;
  private final DeliveryHandler handler;
  private final List<AmqpConsumer> consumers = new ArrayList<>();
  private boolean isListening;
  private boolean isEnded;

  /// @param slots each message is unsettled until its build has ended, so as many at once
  Intake(Broker broker, int slots, DeliveryHandler handler) {
    this.broker = broker;
    this.slots = slots;
    this.handler = handler;
  }

  /// Begins to listen, if it does not yet.
  synchronized void open() {
    if (isEnded || isOpen()) {
      return;
    }
    isListening = true;
    for (String queue :
        List.of(
            BuildTopology.APPLY_QUEUE, BuildTopology.PLAN_QUEUE, BuildTopology.SPECULATIVE_QUEUE)) {
      consumers.add(broker.consume(queue, slots, handler));
    }
  }

  /// Whether it has ever been opened.
  synchronized boolean isOpen() {
    return !consumers.isEmpty();
  }

  /// Suits itself to the number of free slots.
  synchronized void adjust(int free) {
    boolean isWanted = free > 0 && !isEnded && isOpen();
    if (isWanted != isListening) {
      isListening = isWanted;
      consumers.forEach(isWanted ? AmqpConsumer::resume : AmqpConsumer::suspend);
    }
  }

  /// Takes nothing new; what was taken may still be acknowledged.
  synchronized void end() {
    isEnded = true;
    adjust(0);
  }

  @Override
  public void close() {
    end();
    consumers.forEach(AmqpConsumer::close);
  }
}
