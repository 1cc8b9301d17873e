package io.terrarium.buildmanager;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real module between a real broker and a small server that stands for atlas.
class BuildManagerIT {
  private static final Duration LONGEST = Duration.ofSeconds(20);
  private static final Secret INTERNAL = new Secret("internal token");
  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final LinkedBlockingQueue<AmqpMessage> PLANS = new LinkedBlockingQueue<>();
  private static final LinkedBlockingQueue<AmqpMessage> CANCELS = new LinkedBlockingQueue<>();
  private static final LinkedBlockingQueue<AmqpMessage> DEAD = new LinkedBlockingQueue<>();
  private static final Map<String, AtomicInteger> ASKED = new ConcurrentHashMap<>();
  private static final LinkedBlockingQueue<String> TAKEN = new LinkedBlockingQueue<>();

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedBroker server;
  private static Platform platform;
  private static HttpService atlas;
  private static Broker broker;
  private static Service buildManager;

  @BeforeAll
  static void start() {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    atlas =
        HttpService.start(
            platform.vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.BUILD_EVENTS, BuildManagerIT::answer);
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    broker = Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
    collect(BuildTopology.PLAN_QUEUE, PLANS);
    collect(BuildTopology.DEAD_LETTER_QUEUE, DEAD);
    buildManager = BuildManager.start(config(amqp()), platform);
  }

  @AfterAll
  static void stop() {
    buildManager.close();
    broker.close();
    atlas.close();
    HTTP.close();
    platform.close();
    server.close();
    data.close();
  }

  @BeforeEach
  void forget() {
    DEAD.clear();
    PLANS.clear();
  }

  private static AmqpConfig amqp() {
    return new AmqpConfig(
        server.host(),
        server.port(),
        server.username(),
        server.password(),
        EmbeddedBroker.VIRTUAL_HOST,
        false);
  }

  private static BuildManagerConfig config(AmqpConfig amqp) {
    return new BuildManagerConfig(
        HttpAddress.loopback(0), amqp, URI.create("http://127.0.0.1:" + atlas.port()), INTERNAL);
  }

  private static void collect(String queue, LinkedBlockingQueue<AmqpMessage> into) {
    broker.consume(
        queue,
        10,
        delivery -> {
          into.add(delivery.message());
          delivery.ack();
        });
  }

  /// As the phase of the event asks: `503-then-200`, `401-then-200`, or a status.
  private static Reply answer(Call call) {
    String phase = Objects.requireNonNull(call.tree().orElseThrow().path("phase_id").asText());
    int asked = ASKED.computeIfAbsent(phase, _ -> new AtomicInteger()).incrementAndGet();
    int status =
        phase.endsWith("-then-200") && asked > 3 ? 200 : Integer.parseInt(phase.substring(0, 3));
    if (status == 200) {
      TAKEN.add(phase);
      return Reply.noContent();
    }
    return Reply.json(
        status, Map.of("errors", new Object[] {Map.of("detail", "refused by the test")}));
  }

  private static HttpResponse<String> post(String path, String body, String token)
      throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + buildManager.port() + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HTTP.send(request, HttpResponse.BodyHandlers.ofString());
  }

  private static String command(String phaseId) {
    return """
    {"v":1,"run_id":"run-1","phase":"plan","phase_id":"%s","priority":"plan","command":1,
     "limits":{"memory_megabytes":512,"cpus":0,"timeout_seconds":60}}
    """
        .formatted(phaseId);
  }

  private static void event(String body) {
    broker.publish(
        BuildTopology.EXCHANGE,
        BuildTopology.EVENT_QUEUE,
        AmqpMessage.json(body.getBytes(StandardCharsets.UTF_8), "build_event", "m"));
  }

  private static void event(int v, String phaseId) {
    event("{\"v\":" + v + ",\"kind\":\"plan_finished\",\"phase_id\":\"" + phaseId + "\"}");
  }

  /// An announcement is for those who listen already, and a subscription takes a moment.
  private static void awaitListener() {
    Eventually.until(
        "a probe that is heard",
        () -> {
          broker.announce(
              BuildTopology.CANCEL_EXCHANGE,
              AmqpMessage.json("{}".getBytes(StandardCharsets.UTF_8), "cancel_signal", "probe"));
          return !CANCELS.isEmpty();
        });
  }

  private static <T> T next(LinkedBlockingQueue<T> queue) throws InterruptedException {
    return Objects.requireNonNull(
        queue.poll(LONGEST.toSeconds(), TimeUnit.SECONDS), "nothing came in time");
  }

  private static String text(AmqpMessage message) {
    return new String(message.body(), StandardCharsets.UTF_8);
  }

  @Nested
  class The_metrics {
    @Test
    void count_what_became_of_the_messages_of_a_queue() throws Exception {
      String before = metrics();
      event(1, "200-counted");
      next(TAKEN);

      Eventually.until(
          "an event that is counted", () -> acknowledged(metrics()) > acknowledged(before));

      assertThat(metrics())
          .contains("event=\"delivered\",queue=\"terrarium.builds.events\"")
          .doesNotContain("200-counted", "amq.");
    }

    @Test
    void count_what_was_published() throws Exception {
      post(InternalApi.BUILDS, command("plan-d"), INTERNAL.value());
      next(PLANS);

      assertThat(metrics())
          .contains("amqp_messages_total{event=\"published\",queue=\"terrarium.builds.plan\"}");
    }

    private double acknowledged(String metrics) {
      return metrics
          .lines()
          .filter(line ->
              line.startsWith(
                  "amqp_messages_total{event=\"acknowledged\",queue=\"terrarium.builds.events\"}"))
          .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
          .sum();
    }

    private String metrics() {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + buildManager.port() + "/metrics"))
              .build();
      return HTTP.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join().body();
    }
  }

  @Nested
  class A_command {
    @Test
    void arrives_in_the_queue_of_its_priority_each_time_it_is_sent() throws Exception {
      int first = post(InternalApi.BUILDS, command("plan-a"), INTERNAL.value()).statusCode();
      int second = post(InternalApi.BUILDS, command("plan-a"), INTERNAL.value()).statusCode();

      AmqpMessage one = next(PLANS);
      AmqpMessage two = next(PLANS);
      assertThat(first).isEqualTo(202);
      assertThat(second).isEqualTo(202);
      assertThat(one.messageId()).isEqualTo("plan-a/1").isEqualTo(two.messageId());
      assertThat(one.type()).isEqualTo("build_command");
      assertThat(text(one)).contains("\"phase_id\":\"plan-a\"").isEqualTo(text(two));
    }

    @Test
    void is_refused_without_the_right_token() throws Exception {
      HttpResponse<String> answer = post(InternalApi.BUILDS, command("plan-b"), "wrong");

      assertThat(answer.statusCode()).isEqualTo(401);
    }

    @Test
    void is_told_what_it_lacks() throws Exception {
      HttpResponse<String> answer =
          post(
              InternalApi.BUILDS,
              "{\"v\":1,\"run_id\":\"run-1\",\"phase\":\"plan\",\"limits\":{\"cpus\":0}}",
              INTERNAL.value());

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body())
          .contains("phase_id, priority, command")
          .contains("limits.memory_megabytes");
    }
  }

  @Nested
  class A_cancel {
    @Test
    void is_announced_to_all_workers() throws Exception {
      collectCancels();
      awaitListener();

      int status =
          post(InternalApi.CANCELS, "{\"v\":1,\"phase_id\":\"plan-c\"}", INTERNAL.value())
              .statusCode();

      assertThat(status).isEqualTo(202);
      AmqpMessage heard = next(CANCELS);
      while ("probe".equals(heard.messageId())) {
        heard = next(CANCELS);
      }
      assertThat(text(heard)).contains("plan-c");
    }

    private void collectCancels() {
      broker.listen(
          BuildTopology.CANCEL_EXCHANGE,
          10,
          delivery -> {
            CANCELS.add(delivery.message());
            delivery.ack();
          });
    }
  }

  @Nested
  class An_event {
    @Test
    void is_held_while_atlas_is_away_and_delivered_once() throws Exception {
      event(1, "503-then-200");

      assertThat(next(TAKEN)).isEqualTo("503-then-200");
      assertThat(asked("503-then-200")).isEqualTo(4);
    }

    @Test
    void is_held_while_the_token_is_refused() throws Exception {
      event(1, "401-then-200");

      assertThat(next(TAKEN)).isEqualTo("401-then-200");
    }

    @Test
    void is_dropped_when_it_is_stale() {
      event(1, "409-stale");

      Eventually.until("a question to atlas", () -> asked("409-stale") == 1);
      awaitSettled();
      assertThat(asked("409-stale")).isEqualTo(1);
      assertThat(DEAD).isEmpty();
    }

    @Test
    void is_parked_when_atlas_cannot_use_it() throws Exception {
      event(1, "422-bad");

      AmqpMessage parked = next(DEAD);
      assertThat(text(parked)).contains("422-bad");
      assertThat(parked.headers())
          .containsEntry("x-reason", "atlas answered 422: refused by the test");
      awaitSettled();
      assertThat(asked("422-bad")).isEqualTo(1);
    }

    @Test
    void of_an_unknown_version_is_parked_without_asking_atlas() throws Exception {
      event(99, "200-unknown");

      assertThat(next(DEAD).headers()).containsEntry("x-reason", "unknown payload version 99");
      assertThat(asked("200-unknown")).isZero();
    }

    @Test
    void without_a_body_is_parked() throws Exception {
      event("");

      assertThat(next(DEAD).headers()).containsEntry("x-reason", "empty body");
    }

    private static void awaitSettled() {
      Eventually.until(
          "queues without a message that is not acknowledged",
          () ->
              depth(BuildTopology.EVENT_QUEUE) == 0 && depth(BuildTopology.DEAD_LETTER_QUEUE) == 0);
    }

    private static long depth(String queue) {
      return Objects.requireNonNull(server.depths().get(queue));
    }

    private int asked(String phase) {
      AtomicInteger count = ASKED.get(phase);
      return count == null ? 0 : count.get();
    }
  }
}
