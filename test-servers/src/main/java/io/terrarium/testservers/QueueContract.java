package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.sidekiq.MalformedJobException;
import io.terrarium.kernel.sidekiq.SidekiqHandler;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of its job queue: Sidekiq's keys and JSON in Redis, jobs that are done
/// in their time, or wait or end among the dead.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueueContract {
  private final Parts parts = new Parts("queue suite");
  private TestQueue queue;

  /// A Redis for this suite, which forgets all that it holds.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<RedisConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    BackingServer<RedisConfig> server = parts.add(open(directory.resolve("server")));
    queue = parts.add(new TestQueue(server.config()));
  }

  @AfterAll
  void stop() {
    parts.close();
  }

  @BeforeEach
  void empty() {
    queue.empty();
  }

  @Nested
  class A_pushed_job {
    @Test
    void is_done_once_and_leaves_nothing_but_the_counters() {
      Queue<SidekiqJob> done = new ConcurrentLinkedQueue<>();
      queue.pushAll(queue.jobs(1_000).stream().map(job -> job.with("flow", "run-1")).toList());

      try (SidekiqProcess _ = queue.process(done::add)) {
        Eventually.until(
            "a thousand jobs done",
            () -> done.size() == 1_000 && queue.listLength("queue:default") == 0);
      }

      assertThat(done).extracting(SidekiqJob::jid).doesNotHaveDuplicates().hasSize(1_000);
      assertThat(done).allMatch(job -> job.text("flow").equals(Optional.of("run-1")));
      SidekiqStats stats = SidekiqStats.read(queue.redis(), TestQueue.CLOCK.instant());
      assertThat(stats.processed()).isEqualTo(1_000);
      assertThat(stats.failed()).isZero();
      assertThat(stats.processes()).isZero();
      assertThat(queue.listLength("terrarium:inflight:" + queue.identity() + ":default")).isZero();
    }

    @Test
    void waits_while_all_slots_are_taken() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      queue.pushAll(queue.jobs(5));

      try (SidekiqProcess process = queue.process(_ -> release.await())) {
        Eventually.until("three jobs under way", () -> process.busy() == 3);

        assertThat(queue.listLength("queue:default")).isEqualTo(2);
        release.countDown();
      }
    }
  }

  @Nested
  class A_job_that_fails {
    @Test
    void waits_among_the_retries_with_its_error() {
      queue.push(queue.job("bad"));

      try (SidekiqProcess _ = queue.process(TestQueue::fail)) {
        Eventually.until("a job among the retries", () -> queue.sortedSetSize("retry") == 1);
      }

      JsonNode retried = queue.only("retry");
      assertThat(retried.path("error_message").asText()).isEqualTo("no luck");
      assertThat(retried.path("error_class").asText()).isEqualTo("java.lang.IllegalStateException");
      assertThat(retried.path("retry_count").asInt()).isZero();
      assertThat(retried.path("failed_at").isNumber()).isTrue();
    }

    @Test
    void is_dead_when_its_retries_are_used_up() {
      queue.push(queue.job("bad").retriedAtMost(0));

      try (SidekiqProcess _ = queue.process(TestQueue::fail)) {
        Eventually.until("a dead job", () -> queue.sortedSetSize("dead") == 1);
      }

      assertThat(queue.only("dead").path("jid").asText()).isEqualTo("bad");
    }

    @Test
    void is_dead_at_once_when_its_handler_says_that_it_never_can_be_done() {
      queue.push(queue.job("hopeless"));
      SidekiqHandler refusing =
          _ -> {
            throw new MalformedJobException("takes two arguments", null);
          };

      try (SidekiqProcess _ = queue.process(refusing)) {
        Eventually.until("a dead job", () -> queue.sortedSetSize("dead") == 1);
      }

      assertThat(queue.only("dead").path("jid").asText()).isEqualTo("hopeless");
      assertThat(queue.only("dead").path("error_message").asText())
          .isEqualTo("takes two arguments");
      assertThat(queue.sortedSetSize("retry")).isZero();
    }

    @Test
    void is_dead_at_once_when_it_is_no_job() {
      queue.call("LPUSH", "queue:default", "{not json");

      try (SidekiqProcess _ = queue.process(_ -> {})) {
        Eventually.until("a dead job", () -> queue.sortedSetSize("dead") == 1);
      }

      assertThat(queue.only("dead").path("error_message").asText()).startsWith("not JSON");
      assertThat(queue.only("dead").path("args").path(0).asText()).isEqualTo("{not json");
    }
  }

  @Nested
  class A_scheduled_job {
    @Test
    void is_done_when_its_time_has_come() {
      Queue<String> done = new ConcurrentLinkedQueue<>();
      queue.pushAt(queue.job("later"), TestQueue.CLOCK.instant().plusMillis(500));
      queue.pushAt(queue.job("much-later"), TestQueue.CLOCK.instant().plusSeconds(3_600));

      try (SidekiqProcess _ = queue.process(job -> done.add(job.jid()))) {
        Eventually.until("the one job", () -> done.size() == 1);
      }

      assertThat(done).containsExactly("later");
      assertThat(queue.sortedSetSize("schedule")).isEqualTo(1);
    }
  }
}
