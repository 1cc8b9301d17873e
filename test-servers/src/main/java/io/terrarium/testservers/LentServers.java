package io.terrarium.testservers;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.vault.TransitConfig;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The servers that whoever builds has named by variables. The tests use them as their own: what
/// lies in them may be lost.
final class LentServers {
  private static final String POSTGRES = "TERRARIUM_TEST_POSTGRES_URL";
  private static final String REDIS = "TERRARIUM_TEST_REDIS_URL";
  private static final String RABBITMQ = "TERRARIUM_TEST_RABBITMQ_URL";
  private static final String S3 = "TERRARIUM_TEST_S3_URL";
  private static final String VAULT = "TERRARIUM_TEST_VAULT_URL";

  private final Env env;

  LentServers(Env env) {
    this.env = env;
  }

  Optional<BackingServer<DatabaseConfig>> database(int connectionsMax) {
    return env.find(POSTGRES)
        .map(url -> {
          DatabaseConfig config =
              new DatabaseConfig(
                  url,
                  env.text("TERRARIUM_TEST_POSTGRES_USER"),
                  env.secret("TERRARIUM_TEST_POSTGRES_PASSWORD"),
                  connectionsMax);
          return lent(POSTGRES, config);
        });
  }

  /// `redis://:PASSWORD@HOST:PORT`, or `rediss` with TLS.
  Optional<BackingServer<RedisConfig>> redis() {
    return env.find(REDIS)
        .map(url -> {
          URI uri = URI.create(url);
          boolean isTls = "rediss".equals(uri.getScheme());
          if (!isTls && !"redis".equals(uri.getScheme())) {
            throw new IllegalArgumentException(REDIS + " wants redis://:PASSWORD@HOST:PORT");
          }
          @Nullable Secret password =
              uri.getUserInfo() == null ? null : new Secret(userAndPassword(REDIS, uri).getLast());
          return lent(
              REDIS,
              new RedisConfig(
                  Objects.requireNonNull(uri.getHost(), REDIS + " names no host"),
                  uri.getPort() < 0 ? 6379 : uri.getPort(),
                  password,
                  isTls));
        });
  }

  /// `amqp://USER:PASSWORD@HOST:PORT/VHOST`, or `amqps` with TLS.
  Optional<BackingServer<AmqpConfig>> broker() {
    return env.find(RABBITMQ)
        .map(url -> {
          URI uri = URI.create(url);
          List<String> user = userAndPassword(RABBITMQ, uri);
          String vhost = Objects.requireNonNullElse(uri.getPath(), "");
          boolean isTls = "amqps".equals(uri.getScheme());
          int usual = isTls ? 5671 : 5672;
          return lent(
              RABBITMQ,
              new AmqpConfig(
                  Objects.requireNonNull(uri.getHost(), RABBITMQ + " names no host"),
                  uri.getPort() < 0 ? usual : uri.getPort(),
                  user.getFirst(),
                  new Secret(user.getLast()),
                  vhost.length() < 2 ? "/" : vhost.substring(1),
                  isTls));
        });
  }

  Optional<BackingServer<ObjectStoreConfig>> objectStore(String bucket) {
    return env.find(S3)
        .map(url ->
            lent(
                S3,
                new ObjectStoreConfig(
                    URI.create(url),
                    bucket,
                    env.text("TERRARIUM_TEST_S3_REGION", "us-east-1"),
                    env.text("TERRARIUM_TEST_S3_ACCESS_KEY"),
                    env.secret("TERRARIUM_TEST_S3_SECRET_KEY"),
                    env.flag("TERRARIUM_TEST_S3_PATH_STYLE", true))));
  }

  Optional<BackingServer<TransitConfig>> transit() {
    return env.find(VAULT)
        .map(url ->
            lent(
                VAULT,
                new TransitConfig(URI.create(url), env.secret("TERRARIUM_TEST_VAULT_TOKEN"))));
  }

  private static List<String> userAndPassword(String variable, URI uri) {
    List<String> parts = List.of(Objects.requireNonNullElse(uri.getUserInfo(), "").split(":", 2));
    if (parts.size() != 2) {
      throw new IllegalArgumentException(
          variable + " wants USER:PASSWORD before the host, such as amqp://guest:guest@host:5672/");
    }
    return parts;
  }

  /// A variable that is missing beside the address is told before the server is used.
  private <C> BackingServer<C> lent(String variable, C config) {
    env.check();
    return new LentServer<>("the server of " + variable, config, () -> {});
  }
}
