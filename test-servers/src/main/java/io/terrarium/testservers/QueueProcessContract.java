package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.sidekiq.SidekiqHandler;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.kernel.sidekiq.SidekiqProcesses;
import io.terrarium.kernel.sidekiq.SidekiqStats;
import io.terrarium.testsupport.Eventually;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// What the mesh relies on of those who work its job queue: jobs that are lost by nobody's death.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class QueueProcessContract {
  private static final int JOBS = 2_000;
  private static final int SOME_JOBS = 20;

  private final Parts parts = new Parts("queue suite");
  private BackingServer<RedisConfig> server;
  private TestQueue queue;

  /// A Redis for this suite, which forgets all that it holds.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<RedisConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) {
    server = parts.add(open(directory.resolve("server")));
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
  class A_process_that_stops {
    @Test
    void puts_unfinished_jobs_back_in_their_order() {
      queue.pushAll(
          List.of(
              queue.job("first"), queue.job("second"), queue.job("third"), queue.job("fourth")));
      SidekiqProcess process = queue.process(_ -> new CountDownLatch(1).await());
      Eventually.until("three jobs under way", () -> process.busy() == 3);

      process.close();

      Queue<String> order = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess _ =
          SidekiqProcess.start(
              queue.redis(), queue.options("two", 1), job -> order.add(job.jid()))) {
        Eventually.until("all four jobs", () -> order.size() == 4);
      }
      assertThat(order).containsExactly("first", "second", "third", "fourth");
    }

    @Test
    void counts_each_job_once_wherever_in_its_beat_it_is_stopped() throws Exception {
      LongAdder done = new LongAdder();
      queue.pushAll(queue.jobs(JOBS));
      while (queue.listLength("queue:default") > 0) {
        CountDownLatch some = new CountDownLatch(SOME_JOBS);
        SidekiqHandler handler =
            _ -> {
              done.increment();
              some.countDown();
            };
        try (SidekiqProcess _ =
            SidekiqProcess.start(
                queue.redis(), queue.options("hasty", 1, Duration.ofMillis(1)), handler)) {
          some.await(1, TimeUnit.SECONDS);
        }
      }

      SidekiqStats stats = SidekiqStats.read(queue.redis(), TestQueue.CLOCK.instant());
      // With beats that hasty, a job on its way to its handler may be taken for one that is lost.
      assertThat(done.sum()).isGreaterThanOrEqualTo(JOBS);
      assertThat(stats.processed()).isEqualTo(done.sum());
    }

    @Test
    void takes_nothing_new_once_quiet() {
      try (SidekiqProcess process = queue.process(_ -> {})) {
        Eventually.until(
            "the process in the list", () -> queue.setHas("processes", queue.identity()));
        process.quiet();
        queue.push(queue.job("late"));
        Eventually.until(
            "a heartbeat that says quiet", () -> queue.beat("quiet").text().equals("true"));

        assertThat(queue.listLength("queue:default")).isEqualTo(1);
      }
    }
  }

  @Nested
  class A_process_that_may_not_begin {
    @Test
    void takes_nothing_until_it_may() {
      AtomicBoolean mayBegin = new AtomicBoolean();
      Queue<String> done = new ConcurrentLinkedQueue<>();
      queue.push(queue.job("early"));

      try (SidekiqProcess _ = barred(mayBegin, job -> done.add(job.jid()))) {
        Eventually.until(
            "a heartbeat that says quiet", () -> queue.beat("quiet").text().equals("true"));
        long waiting = queue.listLength("queue:default");
        mayBegin.set(true);
        Eventually.until("the job", () -> done.size() == 1);

        assertThat(waiting).isEqualTo(1);
      }
    }

    @Test
    void is_found_by_its_labels_and_stays_quiet_once_it_was_asked_to() {
      AtomicBoolean mayBegin = new AtomicBoolean();
      SidekiqProcesses processes = new SidekiqProcesses(queue.redis());
      queue.push(queue.job("late"));

      try (SidekiqProcess process = barred(mayBegin, _ -> {})) {
        Eventually.until(
            "the process in the list",
            () ->
                processes.list().stream().anyMatch(one -> one.labels().equals(List.of("node:a"))));
        processes.quiet(queue.identity());
        Eventually.until("quiet by its signal", process::isQuiet);
        mayBegin.set(true);
        Eventually.until(
            "a heartbeat that says quiet",
            () -> processes.list().stream().allMatch(SidekiqProcesses.Member::isQuiet));

        assertThat(queue.listLength("queue:default")).isEqualTo(1);
      }
    }

    private SidekiqProcess barred(AtomicBoolean mayBegin, SidekiqHandler handler) {
      return SidekiqProcess.start(
          queue.redis(),
          queue.options("one", 3),
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
      queue.push(queue.job("orphan"));
      queue.call("LMOVE", "queue:default", list, "RIGHT", "LEFT");
      queue.call("SADD", "terrarium:inflight", list);
      queue.call("HSET", dead, "beat", "1.5", "info", "{}");
      Queue<String> done = new ConcurrentLinkedQueue<>();

      try (SidekiqProcess _ = queue.process(job -> done.add(job.jid()))) {
        Eventually.until("the one job", () -> done.size() == 1);
      }

      assertThat(done).containsExactly("orphan");
      assertThat(queue.listLength(list)).isZero();
    }
  }

  @Nested
  class A_job_whose_fetch_was_lost {
    @Test
    void is_put_back_after_two_beats() {
      Queue<String> done = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess _ = queue.process(job -> done.add(job.jid()))) {
        Eventually.until(
            "the process in the list", () -> queue.setHas("processes", queue.identity()));
        queue.push(queue.job("unused").retriedAtMost(1));
        Eventually.until("the one job", () -> done.size() == 1);

        queue.call(
            "LPUSH",
            "terrarium:inflight:" + queue.identity() + ":default",
            "{\"class\":\"X\",\"args\":[],\"jid\":\"lost\",\"queue\":\"default\"}");
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
      queue.pushAll(queue.jobs(20));
      SidekiqOptions options = SidekiqOptions.of(Map.of("default", 2), TestQueue.CLOCK);

      try (SidekiqProcess process =
          SidekiqProcess.start(
              queue.redis(),
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

      assertThat(queue.listLength("queue:default")).isZero();
      assertThat(queue.sortedSetSize("retry")).isZero();
    }
  }
}
