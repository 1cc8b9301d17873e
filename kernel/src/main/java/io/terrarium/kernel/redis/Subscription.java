package io.terrarium.kernel.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Listening to a channel; subscribed again by itself when the connection comes back.
public final class Subscription implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Subscription.class);
  private static final int WAITING_MAX = 10_000;

  private final StatefulRedisPubSubConnection<String, String> connection;
  private final BlockingQueue<String> waiting = new LinkedBlockingQueue<>(WAITING_MAX);
  private final Consumer<String> listener;
  private final Thread thread;

  private Subscription(
      StatefulRedisPubSubConnection<String, String> connection,
      String channel,
      Consumer<String> listener) {
    this.connection = connection;
    this.listener = listener;
    thread = Thread.ofVirtual().name("redis-subscription-" + channel).unstarted(this::run);
  }

  static Subscription start(
      StatefulRedisPubSubConnection<String, String> connection,
      String channel,
      Consumer<String> listener) {
    Subscription subscription = new Subscription(connection, channel, listener);
    subscription.thread.start();
    connection.addListener(subscription.receiver());
    connection.sync().subscribe(channel);
    return subscription;
  }

  @Override
  public void close() {
    connection.close();
    thread.interrupt();
  }

  private RedisPubSubAdapter<String, String> receiver() {
    return new RedisPubSubAdapter<>() {
      @Override
      public void message(String channel, String message) {
        if (!waiting.offer(message)) {
          LOG.atWarn()
              .addKeyValue("channel", channel)
              .log("redis message dropped, the listener is too slow");
        }
      }
    };
  }

  private void run() {
    try {
      while (true) {
        deliver(waiting.take());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void deliver(String message) {
    try {
      listener.accept(message);
    } catch (RuntimeException e) {
      LOG.atError().setCause(e).log("listener of a redis channel failed");
    }
  }
}
