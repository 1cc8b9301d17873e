package io.terrarium.kernel.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;

/// What is published on one channel, over a connection of its own that comes back by itself. What
/// is published while it is away is lost, so the listener hears of that too.
public final class Subscription implements AutoCloseable {
  private final StatefulRedisPubSubConnection<String, String> lettuce;

  /// Is called by one thread, and does not block it.
  public interface Listener {
    void told(String message);

    /// Anything may have been told that was not heard.
    void missed();
  }

  Subscription(
      StatefulRedisPubSubConnection<String, String> lettuce, String channel, Listener listener) {
    this.lettuce = lettuce;
    lettuce.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String from, String message) {
            listener.told(message);
          }

          @Override
          public void subscribed(String to, long count) {
            listener.missed();
          }
        });
    // It is sent again whenever the connection has come back.
    lettuce.sync().subscribe(channel);
  }

  @Override
  public void close() {
    lettuce.close();
  }
}
