package io.terrarium.buildworker;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.kernel.amqp.AmqpConsumer;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.amqp.DeliveryHandler;
import java.util.ArrayList;
import java.util.List;

/// Listens on the three queues of commands while a slot is free, to applies first.
final class Intake implements AutoCloseable {
  private final List<AmqpConsumer> consumers = new ArrayList<>();
  private boolean isListening = true;
  private boolean isClosed;

  /// @param slots each message is unsettled until its build has ended, so as many at once
  Intake(Broker broker, int slots, DeliveryHandler handler) {
    for (String queue :
        List.of(
            BuildTopology.APPLY_QUEUE, BuildTopology.PLAN_QUEUE, BuildTopology.SPECULATIVE_QUEUE)) {
      consumers.add(broker.consume(queue, slots, handler));
    }
  }

  /// Suits itself to the number of free slots.
  synchronized void adjust(int free) {
    boolean isWanted = free > 0 && !isClosed;
    if (isWanted != isListening) {
      isListening = isWanted;
      consumers.forEach(isWanted ? AmqpConsumer::resume : AmqpConsumer::suspend);
    }
  }

  /// Takes nothing new; what was taken may still be acknowledged.
  synchronized void suspend() {
    isClosed = true;
    adjust(0);
  }

  @Override
  public void close() {
    suspend();
    consumers.forEach(AmqpConsumer::close);
  }
}
