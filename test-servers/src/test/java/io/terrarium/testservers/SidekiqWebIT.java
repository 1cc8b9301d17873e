package io.terrarium.testservers;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.sidekiq.SidekiqClient;
import io.terrarium.kernel.sidekiq.SidekiqJob;
import io.terrarium.kernel.sidekiq.SidekiqOptions;
import io.terrarium.kernel.sidekiq.SidekiqProcess;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.FreePorts;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// Sidekiq's web page on our Redis, while jobs of ours are done, fail and wait.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SidekiqWebIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Clock CLOCK = Clock.systemUTC();

  private final Parts parts = new Parts("sidekiq's page");
  private final CountDownLatch release = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private final int port = FreePorts.any();

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Ruby.assume("sidekiq/web");
    Ruby.assume("rack/handler/webrick");
    RedisConfig config = parts.add(EmbeddedServer.redis(directory.resolve("server"))).config();
    Redis redis = parts.add(Redis.open(config, "web-it", LONGEST));
    work(redis);
    startPage(new Ruby(config), directory);
  }

  @AfterAll
  void stop() {
    release.countDown();
    parts.close();
  }

  private void work(Redis redis) {
    SidekiqClient client = new SidekiqClient(redis, CLOCK);
    client.push(job("critical", "Runs::EnqueueBuild", "bad"));
    client.pushAll(
        IntStream.range(0, 5)
            .mapToObj(i -> job("default", "StateVersions::Parse", "job-" + i))
            .toList());
    SidekiqOptions options = SidekiqOptions.of(Map.of("critical", 1, "default", 2), CLOCK);
    SidekiqProcess process = parts.add(SidekiqProcess.start(redis, options, this::handle));
    Eventually.until(
        "a heartbeat that says busy",
        () -> redis.call(Command.of("HGET", process.identity(), "busy")).number() == 2);
    Eventually.until(
        "a job among the retries", () -> redis.call(Command.of("ZCARD", "retry")).number() == 1);
  }

  private void handle(SidekiqJob job) throws InterruptedException {
    if (job.jid().equals("bad")) {
      throw new IllegalStateException("no luck");
    }
    release.await();
  }

  private static SidekiqJob job(String queue, String className, String jid) {
    return SidekiqJob.of(
        className, queue, jid, List.of(TextNode.valueOf("run-1")), CLOCK.instant());
  }

  private void startPage(Ruby ruby, Path directory) throws IOException {
    Path program =
        Ruby.script(
            directory,
            "page.rb",
            """
            require 'securerandom'
            require 'sidekiq/web'
            require 'rack/session/cookie'
            require 'rack/handler/webrick'
            app = Rack::Session::Cookie.new(Sidekiq::Web.new, secret: SecureRandom.hex(32))
            Rack::Handler::WEBrick.run(app, Host: '127.0.0.1', Port: %d)
            """
                .formatted(port));
    Process page =
        ruby.runInBackground(directory.resolve("page.log"), "ruby", "-W0", program.toString());
    parts.add(() -> page.destroyForcibly().waitFor());
    Eventually.until("a page that answers", this::answers);
  }

  private boolean answers() {
    try {
      return page("/").contains("Sidekiq");
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void shows_our_queues() throws IOException {
    assertThat(page("/queues")).contains("critical", "default");
    assertThat(page("/queues/default")).contains("StateVersions::Parse", "job-4");
  }

  @Test
  void shows_what_is_in_hand() throws IOException {
    assertThat(page("/busy")).contains("terrarium", "job-0", "job-1").doesNotContain("job-2");
  }

  @Test
  void shows_what_waits_for_another_attempt() throws IOException {
    assertThat(page("/retries")).contains("Runs::EnqueueBuild", "no luck");
  }

  private String page(String path) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build();
    try {
      HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(200);
      return answer.body();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException(e);
    }
  }
}
