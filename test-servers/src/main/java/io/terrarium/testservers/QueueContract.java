package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.sidekiq.MalformedJobException;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqHandler;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.kernel.sidekiq.SidekiqProcesses;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of its job queue: Sidekiq's keys and JSON in Redis, jobs that are lost
/// by nobody's death.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueueContract {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Clock CLOCK = Clock.systemUTC();

  private final Parts parts = new Parts("queue suite");
  private BackingServer<RedisConfig> server;
  private Redis redis;
  private SidekiqClient client;

  /// A Redis for this suite, which forgets all that it holds.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<RedisConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
    redis = parts.add(Redis.open(server.config(), "queue-it", LONGEST));
    client = new SidekiqClient(redis, CLOCK);
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
  class A_pushed_job {
    @Test
    void is_done_once_and_leaves_nothing_but_the_counters() {
      Queue<SidekiqJob> done = new ConcurrentLinkedQueue<>();
      client.pushAll(
          IntStream.range(0, 1_000).mapToObj(i -> job("job-" + i).with("flow", "run-1")).toList());

      try (SidekiqProcess _ = process("one", done::add)) {
        Eventually.until(
            "a thousand jobs done",
            () -> done.size() == 1_000 && redisLength("queue:default") == 0);
      }

      assertThat(done).extracting(SidekiqJob::jid).doesNotHaveDuplicates().hasSize(1_000);
      assertThat(done).allMatch(job -> job.text("flow").equals(Optional.of("run-1")));
      SidekiqStats stats = SidekiqStats.read(redis, CLOCK.instant());
      assertThat(stats.processed()).isEqualTo(1_000);
      assertThat(stats.failed()).isZero();
      assertThat(stats.processes()).isZero();
      assertThat(redisLength("terrarium:inflight:" + identity("one") + ":default")).isZero();
    }

    @Test
    void waits_while_all_slots_are_taken() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      client.pushAll(IntStream.range(0, 5).mapToObj(i -> job("job-" + i)).toList());

      try (SidekiqProcess process = process("one", _ -> release.await())) {
        Eventually.until("three jobs under way", () -> process.busy() == 3);

        assertThat(redisLength("queue:default")).isEqualTo(2);
        release.countDown();
      }
    }
  }

  @Nested
  class A_job_that_fails {
    @Test
    void waits_among_the_retries_with_its_error() {
      client.push(job("bad"));

      try (SidekiqProcess _ = process("one", QueueContract::fail)) {
        Eventually.until("a job among the retries", () -> zsetLength("retry") == 1);
      }

      JsonNode retried = only("retry");
      assertThat(retried.path("error_message").asText()).isEqualTo("no luck");
      assertThat(retried.path("error_class").asText()).isEqualTo("java.lang.IllegalStateException");
      assertThat(retried.path("retry_count").asInt()).isZero();
      assertThat(retried.path("failed_at").isNumber()).isTrue();
    }

    @Test
    void is_dead_when_its_retries_are_used_up() {
      client.push(job("bad").retriedAtMost(0));

      try (SidekiqProcess _ = process("one", QueueContract::fail)) {
        Eventually.until("a dead job", () -> zsetLength("dead") == 1);
      }

      assertThat(only("dead").path("jid").asText()).isEqualTo("bad");
    }

    @Test
    void is_dead_at_once_when_its_handler_says_that_it_never_can_be_done() {
      client.push(job("hopeless"));
      SidekiqHandler refusing =
          _ -> {
            throw new MalformedJobException("takes two arguments", null);
          };

      try (SidekiqProcess _ = process("one", refusing)) {
        Eventually.until("a dead job", () -> zsetLength("dead") == 1);
      }

      assertThat(only("dead").path("jid").asText()).isEqualTo("hopeless");
      assertThat(only("dead").path("error_message").asText()).isEqualTo("takes two arguments");
      assertThat(zsetLength("retry")).isZero();
    }

    @Test
    void is_dead_at_once_when_it_is_no_job() {
      redis.call(Command.of("LPUSH", "queue:default", "{not json"));

      try (SidekiqProcess _ = process("one", _ -> {})) {
        Eventually.until("a dead job", () -> zsetLength("dead") == 1);
      }

      assertThat(only("dead").path("error_message").asText()).startsWith("not JSON");
      assertThat(only("dead").path("args").path(0).asText()).isEqualTo("{not json");
    }
  }

  @Nested
  class A_scheduled_job {
    @Test
    void is_done_when_its_time_has_come() {
      Queue<String> done = new ConcurrentLinkedQueue<>();
      client.pushAt(job("later"), CLOCK.instant().plusMillis(500));
      client.pushAt(job("much-later"), CLOCK.instant().plusSeconds(3_600));

      try (SidekiqProcess _ = process("one", job -> done.add(job.jid()))) {
        Eventually.until("the one job", () -> done.size() == 1);
      }

      assertThat(done).containsExactly("later");
      assertThat(zsetLength("schedule")).isEqualTo(1);
    }
  }

  @Nested
  class A_process_that_stops {
    @Test
    void puts_unfinished_jobs_back_in_their_order() {
      client.pushAll(List.of(job("first"), job("second"), job("third"), job("fourth")));
      SidekiqProcess process = process("one", _ -> new CountDownLatch(1).await());
      Eventually.until("three jobs under way", () -> process.busy() == 3);

      process.close();

      Queue<String> order = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess _ =
          SidekiqProcess.start(redis, options("two", 1), job -> order.add(job.jid()))) {
        Eventually.until("all four jobs", () -> order.size() == 4);
      }
      assertThat(order).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void takes_nothing_new_once_quiet() {
      try (SidekiqProcess process = process("one", _ -> {})) {
        Eventually.until(
            "the process in the list", () -> zsetOrSetHas("processes", identity("one")));
        process.quiet();
        client.push(job("late"));
        Eventually.until(
            "a heartbeat that says quiet",
            () -> redis.call(Command.of("HGET", identity("one"), "quiet")).text().equals("true"));

        assertThat(redisLength("queue:default")).isEqualTo(1);
      }
    }
  }

  @Nested
  class A_process_that_may_not_begin {
    @Test
    void takes_nothing_until_it_may() {
      AtomicBoolean mayBegin = new AtomicBoolean();
      Queue<String> done = new ConcurrentLinkedQueue<>();
      client.push(job("early"));

      try (SidekiqProcess _ = barred(mayBegin, job -> done.add(job.jid()))) {
        Eventually.until(
            "a heartbeat that says quiet",
            () -> redis.call(Command.of("HGET", identity("one"), "quiet")).text().equals("true"));
        long waiting = redisLength("queue:default");
        mayBegin.set(true);
        Eventually.until("the job", () -> done.size() == 1);

        assertThat(waiting).isEqualTo(1);
      }
    }

    @Test
    void is_found_by_its_labels_and_stays_quiet_once_it_was_asked_to() {
      AtomicBoolean mayBegin = new AtomicBoolean();
      SidekiqProcesses processes = new SidekiqProcesses(redis);
      client.push(job("late"));

      try (SidekiqProcess process = barred(mayBegin, _ -> {})) {
        Eventually.until(
            "the process in the list",
            () ->
                processes.list().stream().anyMatch(one -> one.labels().equals(List.of("node:a"))));
        processes.quiet(identity("one"));
        Eventually.until("quiet by its signal", process::isQuiet);
        mayBegin.set(true);
        Eventually.until(
            "a heartbeat that says quiet",
            () -> processes.list().stream().allMatch(SidekiqProcesses.Member::isQuiet));

        assertThat(redisLength("queue:default")).isEqualTo(1);
      }
    }

    private SidekiqProcess barred(AtomicBoolean mayBegin, SidekiqHandler handler) {
      return SidekiqProcess.start(
          redis,
          options("one", 3),
          new SidekiqProcess.Membership(List.of("node:a"), mayBegin::get),
          handler);
    }
  }

  @Nested
  class A_process_that_died {
    @Test
    void loses_no_job() {
      String dead = "elsewhere:1:abc";
      String list = "terrarium:inflight:" + dead + ":default";
      client.push(job("orphan"));
      redis.call(Command.of("LMOVE", "queue:default", list, "RIGHT", "LEFT"));
      redis.call(Command.of("SADD", "terrarium:inflight", list));
      redis.call(Command.of("HSET", dead, "beat", "1.5", "info", "{}"));
      Queue<String> done = new ConcurrentLinkedQueue<>();

      try (SidekiqProcess _ = process("one", job -> done.add(job.jid()))) {
        Eventually.until("the one job", () -> done.size() == 1);
      }

      assertThat(done).containsExactly("orphan");
      assertThat(redisLength(list)).isZero();
    }
  }

  @Nested
  class A_job_whose_fetch_was_lost {
    @Test
    void is_put_back_after_two_beats() {
      Queue<String> done = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess _ = process("one", job -> done.add(job.jid()))) {
        Eventually.until(
            "the process in the list", () -> zsetOrSetHas("processes", identity("one")));
        client.push(job("unused").retriedAtMost(1));
        Eventually.until("the one job", () -> done.size() == 1);

        redis.call(
            Command.of(
                "LPUSH",
                "terrarium:inflight:" + identity("one") + ":default",
                "{\"class\":\"X\",\"args\":[],\"jid\":\"lost\",\"queue\":\"default\"}"));
        Eventually.until("the job that was lost", () -> done.contains("lost"));
      }

      assertThat(done).containsExactly("unused", "lost");
    }
  }

  @Nested
  class A_redis_that_restarts {
    @Test
    void costs_no_job() {
      assumeTrue(server.isOurs(), server.name() + " is not ours to restart");
      Set<String> done = ConcurrentHashMap.newKeySet();
      CountDownLatch away = new CountDownLatch(1);
      client.pushAll(IntStream.range(0, 20).mapToObj(i -> job("job-" + i)).toList());
      SidekiqOptions options = SidekiqOptions.of(Map.of("default", 2), CLOCK);

      try (SidekiqProcess process =
          SidekiqProcess.start(
              redis,
              options,
              job -> {
                away.await();
                done.add(job.jid());
              })) {
        Eventually.until("two jobs under way", () -> process.busy() == 2);
        server.stop();
        away.countDown();
        Eventually.until("two jobs that ended while redis was away", () -> done.size() == 2);

        server.start();
        Eventually.until("all twenty jobs", () -> done.size() == 20);
        Eventually.until("a process without work", () -> process.busy() == 0);
      }

      assertThat(redis.call(Command.of("LLEN", "queue:default")).number()).isZero();
      assertThat(redis.call(Command.of("ZCARD", "retry")).number()).isZero();
    }
  }

  private static void fail(SidekiqJob job) {
    throw new IllegalStateException("no luck");
  }

  private static SidekiqJob job(String jid) {
    return SidekiqJob.of("Test", "default", jid, List.of(TextNode.valueOf("a")), CLOCK.instant());
  }

  private SidekiqProcess process(String name, SidekiqHandler handler) {
    return SidekiqProcess.start(redis, options(name, 3), handler);
  }

  private static SidekiqOptions options(String name, int slots) {
    return new SidekiqOptions(
        identity(name),
        Map.of("default", slots),
        Duration.ofMillis(200),
        Duration.ofSeconds(15),
        Duration.ofMillis(500),
        Duration.ofMillis(300),
        CLOCK);
  }

  private static String identity(String name) {
    return "host:" + ProcessHandle.current().pid() + ":" + name;
  }

  private long redisLength(String list) {
    return redis.call(Command.of("LLEN", list)).number();
  }

  private long zsetLength(String set) {
    return redis.call(Command.of("ZCARD", set)).number();
  }

  private boolean zsetOrSetHas(String set, String member) {
    return redis.call(Command.of("SISMEMBER", set, member)).number() == 1;
  }

  private JsonNode only(String set) {
    List<String> members = redis.call(Command.of("ZRANGE", set, "0", "-1")).texts();
    assertThat(members).hasSize(1);
    try {
      return Json.SNAKE.readTree(members.getFirst());
    } catch (JsonProcessingException e) {
      throw new AssertionError(e);
    }
  }
}
