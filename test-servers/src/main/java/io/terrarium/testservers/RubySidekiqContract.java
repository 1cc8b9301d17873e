package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
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

/// Sidekiq's own code as the judge of our queue: it enqueues for us, works for us, reads us and
/// tells us what to do.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class RubySidekiqContract {
  private final Parts parts = new Parts("ruby suite");
  private TestQueue queue;
  private Ruby ruby;

  /// A Redis for this suite, which forgets all that it holds.
  ///
  /// @param directory for what it keeps, unless it has a place of its own
  protected abstract BackingServer<RedisConfig> open(Path directory);

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Ruby.assume("sidekiq/api");
    BackingServer<RedisConfig> server = parts.add(open(directory.resolve("server")));
    queue = parts.add(new TestQueue(server.config()));
    ruby = new Ruby(server.config());
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
  class Its_client {
    @Test
    void enqueues_for_us_now_and_later() throws Exception {
      Queue<SidekiqJob> done = new ConcurrentLinkedQueue<>();

      try (SidekiqProcess _ = queue.process(done::add)) {
        ruby.run(
            """
            class FromRuby; include Sidekiq::Worker; end
            class Later; include Sidekiq::Worker; end
            FromRuby.perform_async(1, 2.5, {"a" => []})
            Later.perform_in(0.2)
            """);
        Eventually.until("both jobs", () -> done.size() == 2);
      }

      assertThat(done).extracting(SidekiqJob::className).containsExactly("FromRuby", "Later");
      assertThat(done.element().args().toString()).isEqualTo("[1, 2.5, {\"a\":[]}]");
    }
  }

  @Nested
  class Its_worker {
    @Test
    void does_a_job_that_we_enqueued(@TempDir Path directory) throws Exception {
      Path done = directory.resolve("done");
      Path program =
          Ruby.script(
              directory,
              "worker.rb",
              """
              require 'sidekiq'
              class ForRuby
                include Sidekiq::Worker
                def perform(word) = File.write('%s', word + ' ' + jid)
              end
              """
                  .formatted(done));
      queue.push(
          SidekiqJob.of(
              "ForRuby",
              "ruby",
              "jid-1",
              List.of(TextNode.valueOf("hello")),
              TestQueue.CLOCK.instant()));

      Process worker =
          ruby.runInBackground(
              directory.resolve("log"),
              "sidekiq",
              "-r",
              program.toString(),
              "-q",
              "ruby",
              "-c",
              "1");
      try {
        Eventually.until(
            () -> "a job done by Ruby, which says " + read(directory.resolve("log")),
            () -> read(done).equals("hello jid-1"));
      } finally {
        worker.destroy();
        worker.waitFor();
      }

      assertThat(queue.call("GET", "stat:processed").number()).isEqualTo(1);
    }

    private static String read(Path file) {
      try {
        return Files.exists(file) ? Files.readString(file) : "";
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }
  }

  @Nested
  class Its_api {
    @Test
    void reads_our_queues_processes_and_work() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      queue.pushAll(queue.jobs(5));
      queue.pushAt(queue.job("later"), TestQueue.CLOCK.instant().plusSeconds(60));

      String seen;
      try (SidekiqProcess process = queue.process(_ -> release.await())) {
        awaitBusy(process, 3);
        seen =
            ruby.run(
                """
                q = Sidekiq::Queue.new("default")
                p = Sidekiq::ProcessSet.new.first
                w = Sidekiq::Workers.new.map { |_, _, x| x["payload"]["jid"] }
                puts [Sidekiq::Queue.all.map(&:name), q.size, q.map(&:jid), q.latency < 60,
                  Sidekiq::ScheduledSet.new.first.jid, p["hostname"], p["concurrency"], p["busy"],
                  p["quiet"], p["rss"] > 0, w.sort].inspect
                """);
        release.countDown();
      }

      assertThat(seen)
          .isEqualTo(
              """
              [["default"], 2, ["job-4", "job-3"], true, "later", "host", 3, 3, "false", true, \
              ["job-0", "job-1", "job-2"]]\
              """);
    }

    @Test
    void reads_our_retries_and_the_dead() throws Exception {
      queue.pushAll(List.of(queue.job("bad"), queue.job("worse").retriedAtMost(0)));
      queue.call("LPUSH", "queue:default", "{not json");
      try (SidekiqProcess _ = queue.process(TestQueue::fail)) {
        Eventually.until(
            "one retry and two dead",
            () -> queue.sortedSetSize("retry") == 1 && queue.sortedSetSize("dead") == 2);
      }

      String seen =
          ruby.run(
              """
              r = Sidekiq::RetrySet.new.first
              d = Sidekiq::DeadSet.new.map { |j| [j.klass, j["error_class"].split(".").last] }
              s = Sidekiq::Stats.new
              puts [r.jid, r.klass, r.args, r["error_message"], r["retry_count"], r.at > Time.now,
                d.sort, s.processed, s.failed, s.dead_size].inspect
              """);

      assertThat(seen)
          .isEqualTo(
              """
              ["bad", "Test", ["a"], "no luck", 0, true, \
              [["Malformed", "MalformedJobException"], ["Test", "IllegalStateException"]], \
              3, 3, 2]\
              """);
    }

    @Test
    void retries_a_dead_job_deletes_another_and_clears_a_queue() throws Exception {
      queue.pushAll(
          List.of(queue.job("again").retriedAtMost(0), queue.job("never").retriedAtMost(0)));
      try (SidekiqProcess _ = queue.process(TestQueue::fail)) {
        Eventually.until("two dead jobs", () -> queue.sortedSetSize("dead") == 2);
      }
      queue.push(SidekiqJob.of("Test", "other", "unwanted", List.of(), TestQueue.CLOCK.instant()));

      ruby.run(
          """
          dead = Sidekiq::DeadSet.new
          dead.find_job("again").retry
          dead.find_job("never").delete
          Sidekiq::Queue.new("other").clear
          """);

      Queue<String> done = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess _ = queue.process(job -> done.add(job.jid()))) {
        Eventually.until("the job that was retried", () -> !done.isEmpty());
      }
      assertThat(done).containsExactly("again");
      assertThat(queue.sortedSetSize("dead")).isZero();
      assertThat(queue.call("EXISTS", "queue:other").number()).isZero();
    }
  }

  @Nested
  class A_process_that_it_tells_to_be_quiet {
    @Test
    void goes_on_with_its_work_and_takes_nothing_new() throws Exception {
      CountDownLatch release = new CountDownLatch(1);
      queue.push(queue.job("in-hand"));
      try (SidekiqProcess process = queue.process(_ -> release.await())) {
        awaitBusy(process, 1);

        ruby.run("Sidekiq::ProcessSet.new.first.quiet!");
        Eventually.until("a process that is quiet", process::isQuiet);
        queue.push(queue.job("late"));
        String seen = awaitQuietSeen();

        assertThat(seen).isEqualTo("[true, 1, 1]");
        release.countDown();
      }
    }

    /// Others learn of it by the next beat.
    private String awaitQuietSeen() throws Exception {
      Eventually.until("a beat that says quiet", () -> queue.beat("quiet").text().equals("true"));
      return ruby.run(
          """
          p = Sidekiq::ProcessSet.new.first
          puts [p.stopping?, p["busy"], Sidekiq::Queue.new("default").size].inspect
          """);
    }
  }

  @Nested
  class A_process_that_it_stops {
    @Test
    void puts_back_what_it_has_in_hand_and_leaves_the_list() throws Exception {
      queue.push(queue.job("unfinished"));
      try (SidekiqProcess process = queue.process(_ -> new CountDownLatch(1).await())) {
        awaitBusy(process, 1);

        ruby.run("Sidekiq::ProcessSet.new.first.stop!");

        Eventually.until(
            "a list without the process", () -> queue.call("SCARD", "processes").number() == 0);
        assertThat(ruby.run("puts Sidekiq::Queue.new('default').map(&:jid).inspect"))
            .isEqualTo("[\"unfinished\"]");
      }
    }
  }

  @Nested
  class A_process_that_it_asks_for_its_threads {
    @Test
    void goes_on_as_before() throws Exception {
      Queue<String> done = new ConcurrentLinkedQueue<>();
      try (SidekiqProcess process = queue.process(job -> done.add(job.jid()))) {
        Eventually.until(
            "a process in the list", () -> queue.call("SCARD", "processes").number() == 1);

        ruby.run("Sidekiq::ProcessSet.new.first.dump_threads");
        Eventually.until(
            "a signal that was taken",
            () -> queue.call("EXISTS", queue.identity() + "-signals").number() == 0);
        queue.push(queue.job("next"));

        Eventually.until("the next job", () -> done.contains("next"));
        assertThat(process.isQuiet()).isFalse();
      }
    }
  }

  private void awaitBusy(SidekiqProcess process, int jobs) {
    Eventually.until("jobs under way", () -> process.busy() == jobs);
    Eventually.until("a heartbeat that says so", () -> queue.beat("busy").number() == jobs);
  }
}
