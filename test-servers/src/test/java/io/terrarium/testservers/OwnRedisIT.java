package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisCheck;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.settings.Env;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OwnRedisIT extends OwnServerContract {
  private static final String USER = "mesh";
  private static final String PASSWORD_OF_USER = "a-password-of-mesh";
  private static final String REFUSED = "TFE_REDIS_PASSWORD is not what Redis asks for";
  private static final String SILENT = "TFE_REDIS_HOST does not answer as Redis";

  OwnRedisIT() {
    super("TFE_REDIS_PASSWORD");
  }

  @Override
  Map<String, String> start(ServersWithTls servers) {
    return servers.redis("user %s on ~* &* +@all >%s".formatted(USER, PASSWORD_OF_USER));
  }

  @Override
  Optional<String> problem(Env env) {
    RedisConfig config = RedisConfig.from(env);
    env.check();
    return RedisCheck.problem(config);
  }

  @Override
  Refusal refusal() {
    return new Refusal(SILENT, List.of("TFE_TLS_CA_BUNDLE_FILE", "certification path"));
  }

  @Override
  Stream<Change> changes() {
    return Stream.of(
        new Change("TFE_REDIS_PASSWORD", "wrong", REFUSED),
        new Change("TFE_REDIS_USER", "nobody", REFUSED),
        new Change("TFE_REDIS_USE_AUTH", "0", REFUSED),
        new Change("TFE_REDIS_USE_TLS", "0", SILENT),
        new Change("TFE_REDIS_HOST", "127.0.0.1:1", SILENT));
  }

  @Test
  void knows_us_by_a_user_of_its_list() {
    Map<String, String> settings = settings();
    settings.put("TFE_REDIS_USER", USER);
    settings.put("TFE_REDIS_PASSWORD", PASSWORD_OF_USER);

    try (Redis redis = Redis.open(RedisConfig.from(Env.of(settings)), "it", Duration.ZERO)) {
      assertThat(redis.call(Command.of("ACL", "WHOAMI")).text()).isEqualTo(USER);
    }
  }
}
