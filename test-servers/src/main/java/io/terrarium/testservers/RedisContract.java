package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.DedicatedRedis;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.redis.RedisFault;
import io.terrarium.kernel.redis.Subscription;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Topics;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of Redis, beside the job queue.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RedisContract {
  private static final Duration LONGEST = Duration.ofSeconds(20);

  private final Parts parts = new Parts("redis suite");
  private BackingServer<RedisConfig> server;
  private Redis redis;

  /// A Redis for this suite, which forgets all that it holds.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<RedisConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
    redis = parts.add(Redis.open(server.config(), "redis-it", LONGEST));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @BeforeEach
  void empty() {
    redis.call(Command.of("FLUSHALL"));
  }

  @Nested
  class A_channel {
    @Test
    void is_heard_again_after_its_connection_was_lost() throws InterruptedException {
      Topics topics = new Topics();
      try (Topics.Watch one = topics.watch("one");
          Topics.Watch two = topics.watch("two");
          Subscription _ = redis.subscribe("news", topics)) {
        assertThat(one.await(Eventually.LONGEST)).as("the subscription").isTrue();
        assertThat(two.await(Eventually.LONGEST)).as("the subscription").isTrue();
        redis.call(Command.of("PUBLISH", "news", "one"));
        assertThat(one.await(Eventually.LONGEST)).as("the first word").isTrue();

        redis.call(Command.of("CLIENT", "KILL", "TYPE", "pubsub"));

        assertThat(one.await(Eventually.LONGEST)).as("the subscription again").isTrue();
        assertThat(two.await(Eventually.LONGEST)).as("the subscription again").isTrue();
        redis.call(Command.of("PUBLISH", "news", "two"));
        assertThat(two.await(Eventually.LONGEST)).as("the word after it").isTrue();
      }
    }
  }

  @Nested
  class A_script {
    private final LuaScript script =
        new LuaScript("return {redis.call('INCRBY', KEYS[1], ARGV[1]), 'ok'}");

    @Test
    void runs_as_one_step_and_answers_in_kind() {
      assertThat(redis.eval(script, List.of("bucket"), List.of("3")).texts())
          .containsExactly("3", "ok");
      assertThat(redis.eval(script, List.of("bucket"), List.of("3")).list().getFirst().number())
          .isEqualTo(6);
    }

    @Test
    void runs_after_redis_has_forgotten_it() {
      redis.eval(script, List.of("bucket"), List.of("1"));
      redis.call(Command.of("SCRIPT", "FLUSH"));

      Answer answer = redis.eval(script, List.of("bucket"), List.of("1"));

      assertThat(answer.texts()).containsExactly("2", "ok");
    }
  }

  @Nested
  class A_blocking_move {
    @Test
    void waits_for_the_oldest_element() {
      try (DedicatedRedis own = redis.dedicated()) {
        CompletableFuture<Optional<String>> moved =
            CompletableFuture.supplyAsync(() -> own.moveOldest("from", "to", LONGEST));
        redis.call(Command.of("LPUSH", "from", "first", "second"));

        assertThat(moved.join()).contains("first");
      }

      assertThat(redis.call(Command.of("LRANGE", "to", "0", "-1")).texts())
          .containsExactly("first");
    }

    @Test
    void ends_without_one_when_its_time_is_over() {
      try (DedicatedRedis own = redis.dedicated()) {
        assertThat(own.moveOldest("from", "to", Duration.ofMillis(100))).isEmpty();
      }
    }

    @Test
    void is_ended_by_another_connection() {
      try (DedicatedRedis own = redis.dedicated()) {
        CompletableFuture<Optional<String>> moved =
            CompletableFuture.supplyAsync(() -> own.moveOldest("from", "to", LONGEST));

        Eventually.until(
            "a wait that was ended",
            () -> redis.call(Command.of("CLIENT", "UNBLOCK").and(own.id())).number() == 1);

        assertThat(moved.join()).isEmpty();
      }
    }
  }

  @Nested
  class Many_commands_at_once {
    @Test
    void are_answered_in_their_order_and_keep_every_byte() {
      byte[] bytes = {0, (byte) 0xff, '\r', '\n'};

      List<Answer> answers =
          redis.callAll(
              List.of(
                  Command.of("SET", "key").and(bytes),
                  Command.of("STRLEN", "key"),
                  Command.of("GET", "absent")));

      assertThat(answers.get(1).number()).isEqualTo(4);
      assertThat(answers.get(2).isNil()).isTrue();
    }
  }

  @Nested
  class The_epoch {
    @Test
    void is_new_only_when_redis_has_lost_its_memory() {
      assertThat(redis.ensureEpoch()).isTrue();
      assertThat(redis.ensureEpoch()).isFalse();
      redis.call(Command.of("FLUSHALL"));

      assertThat(redis.ensureEpoch()).isTrue();
    }
  }

  @Nested
  class A_wrong_password {
    @Test
    void is_a_fault_that_does_not_tell_it() {
      RedisConfig right = server.config();
      RedisConfig wrong =
          new RedisConfig(right.host(), right.port(), new Secret("open sesame"), right.tls());

      assertThatThrownBy(() -> Redis.open(wrong, "redis-it", Duration.ZERO))
          .isInstanceOf(RedisFault.class)
          .message()
          .doesNotContain("sesame");
    }

    @Test
    void is_no_better_than_none() {
      assumeTrue(server.config().password() != null, server.name() + " wants no password");
      RedisConfig right = server.config();
      RedisConfig none = new RedisConfig(right.host(), right.port(), null, right.tls());

      assertThatThrownBy(
              () -> {
                try (Redis open = Redis.open(none, "redis-it", Duration.ZERO)) {
                  open.check();
                }
              })
          .isInstanceOf(RedisFault.class);
    }
  }

  @Nested
  class A_redis_that_restarts {
    @Test
    void fails_commands_at_once_meanwhile_and_is_found_again_with_what_it_kept() {
      assumeTrue(server.isOurs(), server.name() + " is not ours to restart");
      redis.call(Command.of("SET", "kept", "value"));

      server.stop();
      assertThatThrownBy(redis::check).isInstanceOf(RedisFault.class);
      server.start();
      Eventually.until("a redis that answers again", this::answers);

      assertThat(redis.call(Command.of("GET", "kept")).text()).isEqualTo("value");
    }

    private boolean answers() {
      try {
        redis.check();
        return true;
      } catch (RedisFault fault) {
        return false;
      }
    }
  }

  @Nested
  class A_lost_connection {
    @Test
    void is_made_again_for_the_next_command() {
      RedisConfig config = server.config();
      try (Wire wire = Wire.to(config.host(), config.port());
          Redis far =
              Redis.open(
                  new RedisConfig("127.0.0.1", wire.port(), config.password(), config.tls()),
                  "redis-it",
                  LONGEST)) {
        far.call(Command.of("SET", "kept", "value"));

        wire.cut();

        Eventually.until("an answer over a new connection", () -> answers(far));
      }
    }

    private static boolean answers(Redis far) {
      try {
        return far.call(Command.of("GET", "kept")).text().equals("value");
      } catch (RedisFault fault) {
        return false;
      }
    }
  }
}
