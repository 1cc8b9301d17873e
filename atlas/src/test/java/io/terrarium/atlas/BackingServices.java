package io.terrarium.atlas;

import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.embedded.EmbeddedS3;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.redis.RedisConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A real PostgreSQL, a real Redis and an object store, once for all tests of this JVM; stopped and
/// removed at its end.
final class BackingServices {
  private static final int CONNECTIONS = 8;

  private final Path directory;
  private final DataDirectory data;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private @Nullable EmbeddedS3 store;
  private @Nullable String migrated;

  private BackingServices() {
    try {
      directory = Files.createTempDirectory("terrarium-atlas-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    data = DataDirectory.open(directory);
    postgres = EmbeddedPostgres.start(data);
    redis = EmbeddedRedis.start(data);
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop));
  }

  static BackingServices running() {
    return Holder.RUNNING;
  }

  /// A database of its own, still without a schema.
  DatabaseConfig freshDatabase() {
    return database("");
  }

  /// A database of its own with the schema of atlas: a copy, which is quicker than the migrations.
  synchronized DatabaseConfig migratedDatabase() {
    String copied = migrated;
    if (copied == null) {
      DatabaseConfig first = freshDatabase();
      AtlasMigrations.migrate(first);
      copied = first.url().substring(first.url().lastIndexOf('/') + 1);
      migrated = copied;
    }
    return database(" TEMPLATE " + copied);
  }

  private DatabaseConfig database(String more) {
    String name = "test_" + Tokens.hex(6).toLowerCase(Locale.ROOT);
    String address = "jdbc:postgresql://%s:%d/".formatted(postgres.host(), postgres.port());
    String superuserPassword = data.secret("postgres_superuser_password").value();
    try (Connection connection =
            DriverManager.getConnection(address + "postgres", "postgres", superuserPassword);
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE DATABASE %s OWNER %s%s".formatted(name, postgres.username(), more));
    } catch (SQLException e) {
      throw new IllegalStateException("no database for the test", e);
    }
    return new DatabaseConfig(
        address + name, postgres.username(), postgres.password(), CONNECTIONS);
  }

  /// Started for the first who asks.
  synchronized EmbeddedS3 objectStore() {
    EmbeddedS3 running = store;
    if (running == null) {
      running = EmbeddedS3.start(data);
      store = running;
    }
    return running;
  }

  RedisConfig redis() {
    return new RedisConfig(redis.host(), redis.port(), redis.password(), false);
  }

  private synchronized void stop() {
    if (store != null) {
      store.close();
    }
    redis.close();
    postgres.close();
    data.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(java.util.Comparator.reverseOrder()).forEach(path -> path.toFile().delete());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final class Holder {
    static final BackingServices RUNNING = new BackingServices();
  }
}
