package io.terrarium.testservers;

import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.util.Optional;
import org.opentest4j.TestAbortedException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Servers as an operator runs them: those that variables name, else containers where Docker
/// answers, else the packages of this machine. Where there are none the test is skipped, and says
/// how to have them.
public final class RealServers {
  private static final Logger LOG = LoggerFactory.getLogger(RealServers.class);
  private static final LentServers LENT = new LentServers(Env.system());

  private RealServers() {}

  public static BackingServer<AmqpConfig> broker() {
    return told(
        LENT.broker().or(Containers::broker).or(() -> PackagedRabbit.start("")),
        "RabbitMQ: set TERRARIUM_TEST_RABBITMQ_URL, start Docker or install rabbitmq-server");
  }

  public static BackingServer<RedisConfig> redis() {
    return told(
        LENT.redis().or(Containers::redis).or(() -> PackagedRedis.start()),
        "Redis: set TERRARIUM_TEST_REDIS_URL, start Docker or install redis-server");
  }

  public static BackingServer<DatabaseConfig> database(int connectionsMax) {
    return told(
        LENT.database(connectionsMax)
            .or(() -> Containers.database(connectionsMax))
            .or(() -> PackagedPostgres.start(connectionsMax)),
        "PostgreSQL: set TERRARIUM_TEST_POSTGRES_URL, start Docker or install postgresql");
  }

  public static BackingServer<ObjectStoreConfig> objectStore(String bucket) {
    return told(
        LENT.objectStore(bucket).or(() -> Containers.objectStore(bucket)),
        "S3: set TERRARIUM_TEST_S3_URL or start Docker");
  }

  public static BackingServer<TransitConfig> transit() {
    return told(LENT.transit(), "Vault: set TERRARIUM_TEST_VAULT_URL");
  }

  /// Debian's RabbitMQ with more lines of its settings file.
  public static BackingServer<AmqpConfig> brokerWith(String settings) {
    return told(
        PackagedRabbit.start(settings), "RabbitMQ on this machine: install rabbitmq-server");
  }

  /// Debian's PostgreSQL, which takes clients over TLS alone.
  static BackingServer<DatabaseConfig> databaseWithTls(Certificates certificates) {
    return told(
        PackagedPostgres.startWithTls(1, certificates),
        "PostgreSQL on this machine: install postgresql");
  }

  /// Debian's Redis, which takes clients over TLS alone, with more lines of its settings file.
  static BackingServer<RedisConfig> redisWithTls(Certificates certificates, String settings) {
    return told(
        PackagedRedis.startWithTls(certificates, settings),
        "Redis on this machine: install redis-server");
  }

  private static <C> BackingServer<C> told(Optional<BackingServer<C>> server, String missing) {
    BackingServer<C> found =
        server.orElseThrow(() -> new TestAbortedException("there is no " + missing));
    LOG.atInfo().addKeyValue("server", found.name()).log("a real server for the tests");
    return found;
  }
}
