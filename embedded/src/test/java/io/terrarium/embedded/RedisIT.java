package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RedisIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedRedis server;
  private static Redis redis;

  @BeforeAll
  static void start() {
    data = DataDirectory.open(directory);
    server = EmbeddedRedis.start(data);
    redis =
        Redis.open(
            new RedisConfig(server.host(), server.port(), server.password(), false),
            "redis-it",
            LONGEST);
  }

  @AfterAll
  static void stop() {
    redis.close();
    server.close();
    data.close();
  }

  @Nested
  class A_script {
    @Test
    void runs_as_one_step_and_answers_in_kind() {
      LuaScript script = new LuaScript("return {redis.call('INCRBY', KEYS[1], ARGV[1]), 'ok'}");

      assertThat(redis.eval(script, List.of("bucket"), List.of("3")).texts())
          .containsExactly("3", "ok");
      assertThat(redis.eval(script, List.of("bucket"), List.of("3")).list().getFirst().number())
          .isEqualTo(6);
    }
  }

  @Nested
  class A_redis_that_restarts {
    @Test
    void fails_commands_at_once_meanwhile_and_costs_no_job() {
      Set<String> done = ConcurrentHashMap.newKeySet();
      CountDownLatch away = new CountDownLatch(1);
      SidekiqClient client = new SidekiqClient(redis, Clock.systemUTC());
      client.pushAll(IntStream.range(0, 20).mapToObj(i -> job("job-" + i)).toList());
      SidekiqOptions options = SidekiqOptions.of(Map.of("default", 2), Clock.systemUTC());

      try (SidekiqProcess process =
          SidekiqProcess.start(
              redis,
              options,
              job -> {
                away.await();
                done.add(job.jid());
              })) {
        Eventually.until("two jobs under way", () -> process.busy() == 2);
        server.close();
        away.countDown();
        Eventually.until("two jobs that ended while redis was away", () -> done.size() == 2);
        assertThatThrownBy(redis::check).isInstanceOf(RedisFault.class);

        server = EmbeddedRedis.start(data);
        Eventually.until("all twenty jobs", () -> done.size() == 20);
        Eventually.until("a process without work", () -> process.busy() == 0);
      }

      assertThat(redis.call(Command.of("LLEN", "queue:default")).number()).isZero();
      assertThat(redis.call(Command.of("ZCARD", "retry")).number()).isZero();
    }

    private static SidekiqJob job(String jid) {
      return SidekiqJob.of(
          "Test", "default", jid, List.of(TextNode.valueOf("a")), Clock.systemUTC().instant());
    }
  }
}
