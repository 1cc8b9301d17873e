package io.terrarium.kernel.redis;

import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.terrarium.kernel.runtime.Topics;

/// The topics that are published on one channel, over a connection of its own that comes back by
/// itself. What is published while it is away is lost, so all are woken then.
public final class Subscription implements AutoCloseable {
  private final StatefulRedisPubSubConnection<String, String> lettuce;

  Subscription(
      StatefulRedisPubSubConnection<String, String> lettuce, String channel, Topics topics) {
    this.lettuce = lettuce;
    lettuce.addListener(
        new RedisPubSubAdapter<>() {
          @Override
          public void message(String from, String message) {
            topics.told(message);
          }

          @Override
          public void subscribed(String to, long count) {
            topics.wakeAll();
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
