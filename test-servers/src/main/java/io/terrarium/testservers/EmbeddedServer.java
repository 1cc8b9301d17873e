package io.terrarium.testservers;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import java.nio.file.Path;
import java.util.function.Function;

/// One of the servers that one-process mode brings along, in a data directory of its own.
public final class EmbeddedServer<S extends AutoCloseable, C> implements BackingServer<C> {
  private final String name;
  private final DataDirectory data;
  private final Function<DataDirectory, S> starter;
  private final C config;
  private S running;

  private EmbeddedServer(
      String name, Path directory, Function<DataDirectory, S> starter, Function<S, C> config) {
    this.name = "embedded " + name;
    this.data = DataDirectory.open(directory);
    this.starter = starter;
    this.running = starter.apply(data);
    this.config = config.apply(running);
  }

  public static BackingServer<AmqpConfig> broker(Path directory) {
    return new EmbeddedServer<>(
        "broker",
        directory,
        EmbeddedBroker::start,
        server ->
            new AmqpConfig(
                server.host(),
                server.port(),
                server.username(),
                server.password(),
                EmbeddedBroker.VIRTUAL_HOST,
                false));
  }

  public static BackingServer<RedisConfig> redis(Path directory) {
    return new EmbeddedServer<>(
        "Redis",
        directory,
        EmbeddedRedis::start,
        server -> new RedisConfig(server.host(), server.port(), server.password(), false));
  }

  public static BackingServer<DatabaseConfig> database(Path directory, int connectionsMax) {
    return new EmbeddedServer<>(
        "PostgreSQL",
        directory,
        EmbeddedPostgres::start,
        server ->
            new DatabaseConfig(
                server.jdbcUrl(), server.username(), server.password(), connectionsMax));
  }

  public static BackingServer<ObjectStoreConfig> objectStore(Path directory, String bucket) {
    return new EmbeddedServer<>(
        "S3 server",
        directory,
        EmbeddedS3::start,
        server ->
            new ObjectStoreConfig(
                server.endpoint(),
                bucket,
                EmbeddedS3.REGION,
                server.accessKey(),
                server.secretKey(),
                true));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public C config() {
    return config;
  }

  @Override
  public boolean isOurs() {
    return true;
  }

  @Override
  public void stop() {
    try {
      running.close();
    } catch (Exception e) {
      throw new IllegalStateException(name + " did not stop", e);
    }
  }

  /// On the port of before, which the data directory remembers.
  @Override
  public void start() {
    running = starter.apply(data);
  }

  @Override
  public void close() {
    stop();
    data.close();
  }
}
