package io.terrarium.terrarium;

import io.terrarium.embedded.EmbeddedServices;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.BrokerCheck;
import io.terrarium.kernel.database.DatabaseCheck;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.objectstore.ObjectStoreCheck;
import io.terrarium.kernel.objectstore.ObjectStoreConfig;
import io.terrarium.kernel.redis.RedisCheck;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/// A server that is either the installation's own, where the settings name it, or one of ours.
@SuppressWarnings("ImmutableEnumChecker") // the checks hold nothing
enum Server {
  DATABASE(
      EmbeddedServices.Part.POSTGRES,
      "TFE_DATABASE_HOST",
      env -> DatabaseCheck.problem(DatabaseConfig.from(env, 1))),
  REDIS(
      EmbeddedServices.Part.REDIS,
      "TFE_REDIS_HOST",
      env -> RedisCheck.problem(RedisConfig.from(env))),
  RABBITMQ(
      EmbeddedServices.Part.BROKER,
      "TERRARIUM_RABBITMQ_HOST",
      env -> BrokerCheck.problem(AmqpConfig.from(env))),
  OBJECT_STORAGE(
      EmbeddedServices.Part.S3,
      "TFE_OBJECT_STORAGE_TYPE",
      env -> ObjectStoreCheck.problem(ObjectStoreConfig.from(env)));

  private final EmbeddedServices.Part ours;
  private final String variable;

  private final Function<Env, Optional<String>> check;

  Server(EmbeddedServices.Part ours, String variable, Function<Env, Optional<String>> check) {
    this.ours = ours;
    this.variable = variable;
    this.check = check;
  }

  /// Those that the settings do not name.
  static Set<EmbeddedServices.Part> ours(Map<String, String> settings) {
    Set<EmbeddedServices.Part> ours = EnumSet.noneOf(EmbeddedServices.Part.class);
    Arrays.stream(values())
        .filter(server -> !settings.containsKey(server.variable))
        .forEach(server -> ours.add(server.ours));
    return ours;
  }

  private Optional<String> problem(Map<String, String> settings) {
    try {
      return check.apply(Env.of(settings));
    } catch (RuntimeException e) {
      // What a client library refuses by itself is a problem like any other, and hides none.
      return Optional.of(variable + " cannot be asked: " + e.getMessage());
    }
  }

  /// Asks all that the settings name, side by side, whether they are as the settings say.
  ///
  /// @throws SettingsFault with what is wrong with any of them
  static void check(Map<String, String> settings) {
    List<String> problems = new ArrayList<>();
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<CompletableFuture<Optional<String>>> asked =
          Arrays.stream(values())
              .filter(server -> settings.containsKey(server.variable))
              .map(server -> CompletableFuture.supplyAsync(() -> server.problem(settings), threads))
              .toList();
      for (CompletableFuture<Optional<String>> answer : asked) {
        answer.join().map(SettingKey::withKeys).ifPresent(problems::add);
      }
    }
    if (!problems.isEmpty()) {
      throw new SettingsFault(problems);
    }
  }
}
