package io.terrarium.kernel.amqp;

import com.rabbitmq.client.AlreadyClosedException;
import com.rabbitmq.client.Channel;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicBoolean;
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
  private final Postmaster postmaster;
  private final AtomicBoolean isSettled = new AtomicBoolean();

  Delivery(Channel channel, long tag, AmqpMessage message, String queue, Postmaster postmaster) {
    this.channel = channel;
    this.tag = tag;
    this.message = message;
    this.queue = queue;
    this.postmaster = postmaster;
  }

  public AmqpMessage message() {
    return message;
  }

  public String queue() {
    return queue;
  }

  /// The work is durable, the message is done.
  public void ack() {
    settle(Traffic.ACKNOWLEDGED, () -> channel.basicAck(tag, false));
  }

  /// Gives it back for somebody else.
  public void requeue() {
    settle(Traffic.REJECTED, () -> channel.basicNack(tag, false, true));
  }

  /// Puts it among the dead letters, and only then acknowledges it.
  ///
  /// @throws AmqpFault when that was not confirmed; the message is then still ours to settle
  public void park(String reason) {
    if (!isSettled.get()) {
      postmaster.park(this, reason);
      ack();
    }
  }

  boolean isSettled() {
    return isSettled.get();
  }

  private void settle(Traffic what, Step step) {
    if (!isSettled.compareAndSet(false, true)) {
      return;
    }
    try {
      step.run();
      postmaster.count(queue, what);
    } catch (IOException | AlreadyClosedException e) {
      LOG.atDebug()
          .addKeyValue("queue", queue)
          .addKeyValue("settled", what.wire())
          .addKeyValue("reason", e.getMessage())
          .log("settled on a closed channel, the message will come again");
    }
  }

  @FunctionalInterface
  private interface Step {
    void run() throws IOException;
  }
}
