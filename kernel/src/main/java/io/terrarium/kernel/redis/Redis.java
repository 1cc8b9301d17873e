package io.terrarium.kernel.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SslOptions;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import io.lettuce.core.resource.Delay;
import io.netty.util.HashedWheelTimer;
import io.netty.util.Timer;
import io.netty.util.concurrent.DefaultThreadFactory;
import io.terrarium.kernel.runtime.Topics;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.TrustManagerFactory;

/// Redis, over one shared connection that comes back by itself. While Redis is away commands fail
/// at once instead of piling up; callers that must not give up wait and ask again.
public final class Redis implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
  private static final int IO_THREADS = 2;

  /// It counts the time-outs of commands and the pauses between attempts to connect; a finer one
  /// would wake an idle process ten times a second.
  private static final Duration TICK = Duration.ofMillis(500);

  private static final String EPOCH_KEY = "terrarium:epoch";

  private final Timer timer;
  private final ClientResources resources;
  private final RedisClient client;
  private final Connection shared;

  private Redis(Timer timer, ClientResources resources, RedisClient client, Connection shared) {
    this.timer = timer;
    this.resources = resources;
    this.client = client;
    this.shared = shared;
  }

  /// Connects, waiting for Redis at most `longest`.
  ///
  /// @param name shown by Redis for each connection
  public static Redis open(RedisConfig config, String name, Duration longest) {
    Timer timer =
        new HashedWheelTimer(
            new DefaultThreadFactory("redis-timer", true), TICK.toMillis(), TimeUnit.MILLISECONDS);
    ClientResources resources =
        DefaultClientResources.builder()
            .timer(timer)
            .ioThreadPoolSize(IO_THREADS)
            .computationThreadPoolSize(IO_THREADS)
            .reconnectDelay(
                Delay.exponential(
                    Duration.ofMillis(20), Duration.ofSeconds(1), 2, TimeUnit.MILLISECONDS))
            .build();
    RedisClient client = RedisClient.create(resources, uri(config, name));
    client.setOptions(options(config));
    try {
      return new Redis(timer, resources, client, connect(client, longest));
    } catch (RuntimeException e) {
      stop(timer, resources, client);
      throw e;
    }
  }

  /// A connection of one's own, for commands that wait. It does not reconnect: after a fault it is
  /// closed and another is asked for, so that no command is ever sent twice behind one's back.
  public DedicatedRedis dedicated() {
    return new DedicatedRedis(connectOnce(client));
  }

  /// Wakes what is published on `channel` from now on.
  public Subscription subscribe(String channel, Topics topics) {
    try {
      return new Subscription(client.connectPubSub(StringCodec.UTF8), channel, topics);
    } catch (RedisException e) {
      throw cannotConnect(e);
    }
  }

  public Answer call(Command command) {
    return shared.call(command);
  }

  /// Sends all commands together and waits for all answers; not a transaction.
  public List<Answer> callAll(List<Command> commands) {
    return shared.callAll(commands);
  }

  /// Runs `script` as one step.
  public Answer eval(LuaScript script, List<String> keys, List<String> arguments) {
    return shared.eval(script, keys, arguments);
  }

  /// True when the epoch key had to be made, which says that Redis is new or has lost its memory:
  /// whoever keeps the truth elsewhere then pushes everything again.
  public boolean ensureEpoch() {
    return !call(Command.of("SET", EPOCH_KEY, UUID.randomUUID().toString(), "NX")).isNil();
  }

  /// Whether Redis answers.
  public void check() {
    call(Command.of("PING"));
  }

  @Override
  public void close() {
    shared.close();
    stop(timer, resources, client);
  }

  private static Connection connect(RedisClient client, Duration longest) {
    long deadline = System.nanoTime() + longest.toNanos();
    while (true) {
      try {
        return connectOnce(client);
      } catch (RedisFault fault) {
        if (System.nanoTime() > deadline || !Pause.of(Duration.ofMillis(200))) {
          throw fault;
        }
      }
    }
  }

  private static Connection connectOnce(RedisClient client) {
    try {
      return new Connection(client.connect(ByteArrayCodec.INSTANCE), PATIENCE);
    } catch (RedisException e) {
      throw cannotConnect(e);
    }
  }

  private static RedisFault cannotConnect(RedisException e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new RedisFault("redis: cannot connect: " + cause.getMessage(), e);
  }

  private static RedisURI uri(RedisConfig config, String name) {
    RedisURI.Builder uri =
        RedisURI.builder()
            .withHost(config.host())
            .withPort(config.port())
            .withSsl(config.tls())
            .withClientName(name)
            .withTimeout(CONNECT_MAX);
    if (config.password() != null && config.user() != null) {
      uri.withAuthentication(config.user(), config.password().value().toCharArray());
    } else if (config.password() != null) {
      uri.withPassword(config.password().value().toCharArray());
    }
    return uri.build();
  }

  private static ClientOptions options(RedisConfig config) {
    ClientOptions.Builder options =
        ClientOptions.builder()
            .autoReconnect(true)
            .disconnectedBehavior(ClientOptions.DisconnectedBehavior.REJECT_COMMANDS);
    if (config.tls()) {
      TrustManagerFactory believed = config.trust().factory();
      options.sslOptions(
          SslOptions.builder().sslContext(context -> context.trustManager(believed)).build());
    }
    return options.build();
  }

  private static void stop(Timer timer, ClientResources resources, RedisClient client) {
    client.shutdown(0, 2, TimeUnit.SECONDS);
    resources.shutdown(0, 2, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    timer.stop();
  }
}
