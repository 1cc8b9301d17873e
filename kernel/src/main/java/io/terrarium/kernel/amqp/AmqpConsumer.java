package io.terrarium.kernel.amqp;

import com.rabbitmq.client.AMQP;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.terrarium.kernel.log.LogScope;
import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes messages of one queue on a channel of its own, each on a virtual thread, at most the
/// prefetch at once; subscribed again whenever the channel or the connection was lost.
public final class AmqpConsumer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AmqpConsumer.class);

  private final Source source;
  private final int prefetch;
  private final DeliveryHandler handler;
  private final Postmaster postmaster;
  private final Runnable onChange;
  private boolean isWanted = true;
  private boolean isClosed;
  private @Nullable Channel channel;
  private @Nullable String consumerTag;

  /// Where the messages come from; a queue may have to be made first.
  interface Source {
    /// In the topology.
    String name();

    String queue(Channel channel) throws IOException;
  }

  /// A queue that is there.
  record Queue(String name) implements Source {
    @Override
    public String queue(Channel channel) {
      return name;
    }
  }

  /// All that comes to a fanout exchange, by a queue that goes with the connection.
  record Fanout(String name) implements Source {
    @Override
    public String queue(Channel channel) throws IOException {
      String queue = channel.queueDeclare().getQueue();
      channel.queueBind(queue, name, "");
      return queue;
    }
  }

  AmqpConsumer(
      Source source,
      int prefetch,
      DeliveryHandler handler,
      Postmaster postmaster,
      Runnable onChange) {
    this.source = source;
    this.prefetch = prefetch;
    this.handler = handler;
    this.postmaster = postmaster;
    this.onChange = onChange;
  }

  /// Takes nothing new; what was delivered may still be settled.
  public synchronized void suspend() {
    isWanted = false;
    Channel open = channel;
    String tag = consumerTag;
    consumerTag = null;
    if (open == null || tag == null || !open.isOpen()) {
      return;
    }
    try {
      open.basicCancel(tag);
    } catch (IOException | RuntimeException e) {
      LOG.atDebug().setCause(e).log("consumer was gone before it was suspended");
    }
  }

  /// Takes messages again.
  public synchronized void resume() {
    isWanted = !isClosed;
    onChange.run();
  }

  /// Ends the subscription; what was not settled goes back to the queue.
  @Override
  public synchronized void close() {
    suspend();
    isClosed = true;
    Channel open = channel;
    channel = null;
    if (open != null) {
      try {
        open.abort();
      } catch (IOException e) {
        LOG.atDebug().setCause(e).log("channel was gone before it was closed");
      }
    }
  }

  /// Whether it listens, or is not meant to.
  synchronized boolean isSettled() {
    return !isWanted || (channel != null && channel.isOpen() && consumerTag != null);
  }

  synchronized boolean isClosed() {
    return isClosed;
  }

  synchronized void subscribe(Connection connection) throws IOException {
    if (isSettled()) {
      return;
    }
    Channel open = channel;
    if (open == null || !open.isOpen()) {
      open = connection.openChannel().orElseThrow(() -> new IOException("no channel is free"));
      open.basicQos(prefetch);
      open.addShutdownListener(_ -> onChange.run());
      channel = open;
    }
    String queue = source.queue(open);
    consumerTag = open.basicConsume(queue, false, receiver(open, queue));
  }

  private DefaultConsumer receiver(Channel open, String queue) {
    return new DefaultConsumer(open) {
      @Override
      public void handleDelivery(
          String tag, Envelope envelope, AMQP.BasicProperties properties, byte[] body) {
        count(envelope);
        Delivery delivery =
            new Delivery(
                open,
                envelope.getDeliveryTag(),
                MessageProperties.read(properties, body),
                source.name(),
                postmaster);
        Thread.ofVirtual().name("amqp-" + queue).start(() -> begin(delivery));
      }

      @Override
      public void handleCancel(String tag) {
        lost(tag);
      }
    };
  }

  private void begin(Delivery delivery) {
    try (LogScope _ = LogScope.open(handler.logged(delivery))) {
      take(delivery);
    }
  }

  private void count(Envelope envelope) {
    postmaster.count(source.name(), Traffic.DELIVERED);
    if (envelope.isRedeliver()) {
      postmaster.count(source.name(), Traffic.REDELIVERED);
    }
  }

  private void take(Delivery delivery) {
    try {
      handler.handle(delivery);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      delivery.requeue();
    } catch (Exception e) {
      if (delivery.isSettled()) {
        LOG.atError().setCause(e).log("handler failed after it had settled its message");
        return;
      }
      LOG.atError()
          .setCause(e)
          .addKeyValue("queue", delivery.queue())
          .addKeyValue("message_id", delivery.message().messageId())
          .log("message cannot be used and is parked");
      park(delivery, e);
    } catch (Error e) {
      // Such as no memory: the message is not to blame, and somebody else may do it. Left unsettled
      // it would wait for the end of this channel.
      LOG.atError()
          .setCause(e)
          .addKeyValue("queue", delivery.queue())
          .addKeyValue("message_id", delivery.message().messageId())
          .log("handler broke and its message goes back to its queue");
      delivery.requeue();
      throw e;
    }
  }

  private static void park(Delivery delivery, Exception reason) {
    try {
      delivery.park(reason.toString());
    } catch (AmqpFault fault) {
      LOG.atWarn()
          .addKeyValue("reason", fault.getMessage())
          .log("message could not be parked and goes back to its queue");
      delivery.requeue();
    }
  }

  /// The broker ended the subscription, because the queue is gone.
  private synchronized void lost(String tag) {
    if (tag.equals(consumerTag)) {
      consumerTag = null;
      onChange.run();
    }
  }
}
