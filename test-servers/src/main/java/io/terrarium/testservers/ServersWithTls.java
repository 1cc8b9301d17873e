package io.terrarium.testservers;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.AccessKeys;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Servers as an installation has them of its own: with TLS by an authority that nobody knows, and
/// passwords. Each is told of by the variables that name it.
public final class ServersWithTls implements AutoCloseable {
  private static final String OWNER = "terrarium";
  private static final String BUCKET = "their-bucket";

  private final Parts parts = new Parts("servers with TLS");
  private final Path directory;
  private final Certificates certificates;
  private @Nullable DatabaseConfig superuser;

  /// @param directory for what they keep
  public ServersWithTls(Path directory) {
    this.directory = directory;
    this.certificates = Certificates.in(directory);
  }

  /// Skips the test where one of them could not be started.
  public static void assume() {
    Certificates.assume();
    assumeTrue(
        PackagedPostgres.isInstalled() && PackagedRedis.isInstalled(),
        "PostgreSQL and Redis are not both on this machine: install postgresql and redis-server");
  }

  /// What its clients must trust.
  public Path authority() {
    return certificates.authority();
  }

  /// With a database whose owner is no superuser.
  public Map<String, String> postgres() {
    DatabaseConfig server = parts.add(RealServers.databaseWithTls(certificates)).config();
    superuser = server;
    Secret password = new Secret(Tokens.hex(16));
    sql("CREATE ROLE " + OWNER + " LOGIN PASSWORD '" + password.value() + "'");
    sql("CREATE DATABASE " + OWNER + " OWNER " + OWNER);
    String host = URI.create(server.url().substring("jdbc:".length())).getAuthority();
    return Map.of(
        "TFE_TLS_CA_BUNDLE_FILE",
        authority().toString(),
        "TFE_DATABASE_HOST",
        host,
        "TFE_DATABASE_NAME",
        OWNER,
        "TFE_DATABASE_USER",
        OWNER,
        "TFE_DATABASE_PASSWORD",
        password.value(),
        "TFE_DATABASE_PARAMETERS",
        "sslmode=verify-full");
  }

  /// As the superuser of [#postgres].
  public void sql(String statement) {
    DatabaseConfig server = Objects.requireNonNull(superuser, "PostgreSQL is started before");
    try (Connection connection = PackagedPostgres.connect(server);
        Statement sent = connection.createStatement()) {
      sent.execute(statement);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  /// @param settings more lines of redis.conf
  public Map<String, String> redis(String settings) {
    RedisConfig server = parts.add(RealServers.redisWithTls(certificates, settings)).config();
    return Map.of(
        "TFE_TLS_CA_BUNDLE_FILE",
        authority().toString(),
        "TFE_REDIS_HOST",
        server.host() + ":" + server.port(),
        "TFE_REDIS_USE_AUTH",
        "1",
        "TFE_REDIS_PASSWORD",
        Objects.requireNonNull(server.password()).value(),
        "TFE_REDIS_USE_TLS",
        "1");
  }

  /// With a bucket.
  public Map<String, String> objectStore() {
    ObjectStoreConfig server =
        parts.add(EmbeddedServer.objectStore(directory.resolve("their-s3"), BUCKET)).config();
    try (ObjectStore store = ObjectStore.open(server, 1)) {
      store.ensureBucket();
    }
    TlsFront front = parts.add(TlsFront.start(certificates, server.endpoint().getPort()));
    AccessKeys.Given keys = (AccessKeys.Given) server.keys();
    return Map.of(
        "TFE_TLS_CA_BUNDLE_FILE", authority().toString(),
        "TFE_OBJECT_STORAGE_S3_ENDPOINT", "https://127.0.0.1:" + front.port(),
        "TFE_OBJECT_STORAGE_S3_BUCKET", BUCKET,
        "TFE_OBJECT_STORAGE_S3_ACCESS_KEY_ID", keys.accessKey(),
        "TFE_OBJECT_STORAGE_S3_SECRET_ACCESS_KEY", keys.secretKey().value());
  }

  public Map<String, String> broker() {
    AmqpConfig server =
        parts.add(EmbeddedServer.broker(directory.resolve("their-broker"))).config();
    TlsFront front = parts.add(TlsFront.start(certificates, server.port()));
    return Map.of(
        "TFE_TLS_CA_BUNDLE_FILE", authority().toString(),
        "TERRARIUM_RABBITMQ_HOST", "127.0.0.1",
        "TERRARIUM_RABBITMQ_PORT", Integer.toString(front.port()),
        "TERRARIUM_RABBITMQ_USER", server.user(),
        "TERRARIUM_RABBITMQ_PASSWORD", server.password().value(),
        "TERRARIUM_RABBITMQ_TLS", "1");
  }

  @Override
  public void close() {
    parts.close();
  }
}
