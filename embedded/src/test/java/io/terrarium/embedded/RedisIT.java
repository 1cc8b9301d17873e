package io.terrarium.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.DedicatedRedis;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.redis.StreamEntry;
import io.terrarium.kernel.redis.Subscription;
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
  class A_value {
    @Test
    void is_read_until_it_is_deleted() {
      redis.set("text", "größer", Duration.ofMinutes(1));
      redis.set("bytes", new byte[] {0, -1, 7}, Duration.ofMinutes(1));

      assertThat(redis.get("text")).contains("größer");
      assertThat(redis.getBytes("bytes").orElseThrow()).containsExactly(0, -1, 7);
      assertThat(redis.delete("text")).isTrue();
      assertThat(redis.get("text")).isEmpty();
    }

    @Test
    void is_set_by_the_first_only_when_asked() {
      assertThat(redis.setIfAbsent("lock", "one", Duration.ofMinutes(1))).isTrue();
      assertThat(redis.setIfAbsent("lock", "two", Duration.ofMinutes(1))).isFalse();
    }
  }

  @Nested
  class A_stream {
    @Test
    void is_read_on_from_where_the_reader_was() {
      String first = redis.append("hops", Map.of("n", "1"), 1_000);
      String second = redis.append("hops", Map.of("n", "2"), 1_000);

      assertThat(redis.read("hops", "0", 10))
          .extracting(StreamEntry::id)
          .containsExactly(first, second);
      assertThat(redis.read("hops", second, 10)).isEmpty();
      try (DedicatedRedis own = redis.dedicated()) {
        assertThat(own.read("hops", first, 10, Duration.ofSeconds(5)))
            .containsExactly(new StreamEntry(second, Map.of("n", "2")));
        assertThat(own.read("hops", second, 10, Duration.ofMillis(20))).isEmpty();
      }
    }
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
  class A_subscription {
    @Test
    void hears_what_is_published() {
      Set<String> heard = ConcurrentHashMap.newKeySet();
      try (Subscription _ = redis.subscribe("news", heard::add)) {
        redis.publish("news", "one");
        Eventually.until("the message to the channel", () -> heard.contains("one"));
      }
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
