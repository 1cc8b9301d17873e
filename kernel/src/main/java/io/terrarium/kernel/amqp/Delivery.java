package io.terrarium.kernel.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One message in our hands until it is settled, by exactly one of [#ack], [#requeue] and [#park].
/// When the channel is gone meanwhile, settling does nothing: the broker sends the message again.
public final class Delivery {
  private static final Logger LOG = LoggerFactory.getLogger(Delivery.class);

  private final Channel channel;
  private final long tag;
  private final AmqpMessage message;
  private final String queue;
  private final BiConsumer<Delivery, String> parking;
  private final AtomicBoolean isSettled = new AtomicBoolean();

  Delivery(
      Channel channel,
      long tag,
      AmqpMessage message,
      String queue,
      BiConsumer<Delivery, String> parking) {
    this.channel = channel;
    this.tag = tag;
    this.message = message;
    this.queue = queue;
    this.parking = parking;
  }

  public AmqpMessage message() {
    return message;
  }

  public String queue() {
    return queue;
  }

  /// The work is durable, the message is done.
  public void ack() {
    settle("ack", () -> channel.basicAck(tag, false));
  }

  /// Gives it back for somebody else.
  public void requeue() {
    settle("requeue", () -> channel.basicNack(tag, false, true));
  }

  /// Puts it among the dead letters, and only then acknowledges it.
  ///
  /// @throws AmqpFault when that was not confirmed; the message is then still ours to settle
  public void park(String reason) {
    if (!isSettled.get()) {
      parking.accept(this, reason);
      ack();
    }
  }

  boolean isSettled() {
    return isSettled.get();
  }

  private void settle(String what, Step step) {
    if (!isSettled.compareAndSet(false, true)) {
      return;
    }
    try {
      step.run();
    } catch (IOException | AlreadyClosedException e) {
      LOG.atDebug()
          .addKeyValue("queue", queue)
          .addKeyValue("reason", e.getMessage())
          .log(what + " on a closed channel, the message will come again");
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
