package io.terrarium.testservers;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.crypto.Tokens;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.objectstore.ObjectStoreFault;
import io.terrarium.kernel.redis.RedisConfig;
import java.net.URI;
import java.util.Map;
import java.util.Optional;

/// The servers as containers, where a Docker engine answers: the oldest versions that the mesh is
/// for, and the S3 server of our compose file.
final class Containers {
  private static final int SECRET_BYTES = 16;

  private Containers() {}

  static Optional<BackingServer<RedisConfig>> redis() {
    Secret password = new Secret(Tokens.hex(SECRET_BYTES));
    return ContainerServer.start(
        new ContainerServer.Plan(
            "redis:6.2",
            6379,
            Map.of("PASSWORD", password.value()),
            "sh",
            "-c",
            "exec redis-server --appendonly yes --requirepass $PASSWORD"),
        port -> new RedisConfig(ContainerServer.host(), port, password, false),
        PackagedRedis::isPong);
  }

  static Optional<BackingServer<AmqpConfig>> broker() {
    Secret password = new Secret(Tokens.hex(SECRET_BYTES));
    return ContainerServer.start(
        new ContainerServer.Plan(
            "rabbitmq:3.10",
            5672,
            Map.of(
                "RABBITMQ_DEFAULT_USER", "terrarium", "RABBITMQ_DEFAULT_PASS", password.value())),
        port -> new AmqpConfig(ContainerServer.host(), port, "terrarium", password, "/", false),
        PackagedRabbit::takesConnections);
  }

  static Optional<BackingServer<DatabaseConfig>> database(int connectionsMax) {
    Secret password = new Secret(Tokens.hex(SECRET_BYTES));
    return ContainerServer.start(
        new ContainerServer.Plan(
            "postgres:15", 5432, Map.of("POSTGRES_PASSWORD", password.value())),
        port ->
            new DatabaseConfig(
                "jdbc:postgresql://%s:%d/postgres".formatted(ContainerServer.host(), port),
                "postgres",
                password,
                connectionsMax),
        PackagedPostgres::takesConnections);
  }

  static Optional<BackingServer<ObjectStoreConfig>> objectStore(String bucket) {
    Secret key = new Secret(Tokens.hex(SECRET_BYTES));
    return ContainerServer.start(
        new ContainerServer.Plan(
            "chrislusf/seaweedfs",
            8333,
            Map.of("AWS_ACCESS_KEY_ID", "terrarium", "AWS_SECRET_ACCESS_KEY", key.value()),
            "mini",
            "-dir=/data"),
        port ->
            new ObjectStoreConfig(
                URI.create("http://%s:%d".formatted(ContainerServer.host(), port)),
                bucket,
                "us-east-1",
                "terrarium",
                key,
                true),
        Containers::answers);
  }

  private static boolean answers(ObjectStoreConfig config) {
    try (ObjectStore store = ObjectStore.open(config, 1)) {
      store.ensureBucket();
      return true;
    } catch (ObjectStoreFault _) {
      return false;
    }
  }
}
