package io.terrarium.testservers;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.redis.RedisConfig;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.opentest4j.TestAbortedException;

/// One real server of each kind for all test classes of this JVM, since some take seconds to start.
/// It ends with the JVM; whoever stops it starts it again.
public final class SharedServers {
  private static final int CONNECTIONS = 4;

  private static final Lazy<AmqpConfig> BROKER = new Lazy<>(RealServers::broker);
  private static final Lazy<RedisConfig> REDIS = new Lazy<>(RealServers::redis);
  private static final Lazy<DatabaseConfig> DATABASE =
      new Lazy<>(() -> RealServers.database(CONNECTIONS));

  private SharedServers() {}

  public static BackingServer<AmqpConfig> broker() {
    return BROKER.get();
  }

  /// Not for two classes at once: Sidekiq's keys are the same for all.
  public static BackingServer<RedisConfig> redis() {
    return REDIS.get();
  }

  public static BackingServer<DatabaseConfig> database() {
    return DATABASE.get();
  }

  /// Where there is no server the first to ask finds out for all.
  private static final class Lazy<C> {
    private final Supplier<BackingServer<C>> starter;
    private @Nullable BackingServer<C> running;
    private @Nullable TestAbortedException absent;

    Lazy(Supplier<BackingServer<C>> starter) {
      this.starter = starter;
    }

    synchronized BackingServer<C> get() {
      if (absent != null) {
        throw absent;
      }
      BackingServer<C> server = running;
      if (server == null) {
        try {
          server = starter.get();
        } catch (TestAbortedException e) {
          absent = e;
          throw e;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(server::close));
        running = server;
      }
      return new Borrowed<>(server);
    }
  }

  /// Stays when its user is done with it.
  private record Borrowed<C>(BackingServer<C> server) implements BackingServer<C> {
    @Override
    public String name() {
      return server.name();
    }

    @Override
    public C config() {
      return server.config();
    }

    @Override
    public boolean isOurs() {
      return server.isOurs();
    }

    @Override
    public void stop() {
      server.stop();
    }

    @Override
    public void start() {
      server.start();
    }

    @Override
    public void close() {}
  }
}
