package io.terrarium.buildmanager;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.build.BrokerReport;
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
import io.terrarium.kernel.json.Json;
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
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What becomes of work when build-manager, or the broker below it, ends in its midst. Each test
/// has a broker of its own.
class BrokerOutageIT {
  private static final Duration LONGEST = Duration.ofSeconds(30);
  private static final Secret INTERNAL = new Secret("internal token");

  private final LinkedBlockingQueue<String> asked = new LinkedBlockingQueue<>();
  private volatile int atlasAnswers = 204;

  @TempDir private Path directory;
  private DataDirectory data;
  private EmbeddedBroker server;
  private Platform platform;
  private HttpService atlas;
  private HttpClient http;

  @BeforeEach
  void start() {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    atlas =
        HttpService.start(
            platform.vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.BUILD_EVENTS, this::answer);
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
  }

  @AfterEach
  void stop() {
    atlas.close();
    http.close();
    platform.close();
    server.close();
    data.close();
  }

  private Reply answer(Call call) {
    asked.add(call.tree().orElseThrow().path("phase_id").asText());
    return Reply.of(atlasAnswers);
  }

  private AmqpConfig amqp() {
    return new AmqpConfig(
        server.host(),
        server.port(),
        server.username(),
        server.password(),
        EmbeddedBroker.VIRTUAL_HOST,
        false);
  }

  private Service buildManager() {
    return BuildManager.start(
        new BuildManagerConfig(
            HttpAddress.loopback(0),
            amqp(),
            URI.create("http://127.0.0.1:" + atlas.port()),
            INTERNAL),
        platform);
  }

  private Broker broker() {
    return Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
  }

  private String nextAsked() throws InterruptedException {
    return String.valueOf(asked.poll(LONGEST.toSeconds(), TimeUnit.SECONDS));
  }

  private HttpResponse<String> post(Service buildManager, String path, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + buildManager.port() + path))
            .header("Authorization", "Bearer " + INTERNAL.value())
            .header("Content-Type", "application/json")
            .timeout(LONGEST)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
  }

  @Nested
  class An_event_that_is_held {
    @Test
    void goes_back_to_the_queue_when_build_manager_closes_and_to_the_next_one() throws Exception {
      atlasAnswers = 503;
      try (Broker broker = broker()) {
        try (Service _ = buildManager()) {
          broker.publish(
              BuildTopology.EXCHANGE,
              BuildTopology.EVENT_QUEUE,
              AmqpMessage.json(
                  "{\"v\":1,\"phase_id\":\"plan-held\"}".getBytes(StandardCharsets.UTF_8),
                  "build_event",
                  "held"));
          assertThat(nextAsked()).isEqualTo("plan-held");
        }
        long left = broker.depth(BuildTopology.EVENT_QUEUE);
        asked.clear();

        atlasAnswers = 204;
        String delivered;
        try (Service _ = buildManager()) {
          delivered = nextAsked();
          Eventually.until(
              "an acknowledged event", () -> broker.depth(BuildTopology.EVENT_QUEUE) == 0);
        }

        assertThat(left).isEqualTo(1);
        assertThat(delivered).isEqualTo("plan-held");
        assertThat(broker.depth(BuildTopology.DEAD_LETTER_QUEUE)).isZero();
      }
    }
  }

  @Nested
  class The_queues {
    @Test
    void are_told_as_they_stand_to_who_has_the_token() {
      try (Broker broker = broker();
          Service buildManager = buildManager()) {
        broker.publish(
            BuildTopology.EXCHANGE,
            BuildTopology.PLAN_QUEUE,
            AmqpMessage.json("{}".getBytes(StandardCharsets.UTF_8), "build_command", "waits"));
        Eventually.until(
            "build-manager among the consumers",
            () -> standing(buildManager, BuildTopology.EVENT_QUEUE).consumers() == 1);

        assertThat(standing(buildManager, BuildTopology.PLAN_QUEUE))
            .isEqualTo(new BrokerReport.Queue(BuildTopology.PLAN_QUEUE, 1, 0));
        assertThat(standing(buildManager, BuildTopology.DEAD_LETTER_QUEUE).messages()).isZero();
        assertThat(get(buildManager, "wrong").statusCode()).isEqualTo(401);
      }
    }

    @Test
    void are_unknown_while_the_broker_is_away() {
      try (Service buildManager = buildManager()) {
        server.close();

        HttpResponse<String> away = get(buildManager, INTERNAL.value());

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("The broker does not tell how its queues stand.");
      }
    }

    private BrokerReport.Queue standing(Service buildManager, String queue) {
      try {
        String told = get(buildManager, INTERNAL.value()).body();
        return Json.SNAKE.readValue(told, BrokerReport.class).queues().stream()
            .filter(one -> one.name().equals(queue))
            .findFirst()
            .orElseThrow();
      } catch (JsonProcessingException e) {
        throw new AssertionError("no report", e);
      }
    }

    private HttpResponse<String> get(Service buildManager, String token) {
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create("http://127.0.0.1:" + buildManager.port() + InternalApi.QUEUES))
              .header("Authorization", "Bearer " + token)
              .timeout(LONGEST)
              .build();
      return http.sendAsync(request, HttpResponse.BodyHandlers.ofString()).join();
    }
  }

  @Nested
  class While_the_broker_is_away {
    private static final String BUILD =
        """
        {"v":1,"run_id":"run-1","phase":"plan","phase_id":"plan-1","priority":"plan","command":1,
         "limits":{"memory_megabytes":512,"cpus":0,"timeout_seconds":60}}
        """;

    @Test
    void a_command_is_answered_503_and_taken_once_it_is_back() {
      try (Service buildManager = buildManager()) {
        server.close();
        HttpResponse<String> away = post(buildManager, InternalApi.BUILDS, BUILD);
        server = EmbeddedBroker.start(data);
        Eventually.until(
            "a build that is taken",
            () -> post(buildManager, InternalApi.BUILDS, BUILD).statusCode() == 202);

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("The broker did not take the build.");
        assertThat(server.depths().get(BuildTopology.PLAN_QUEUE)).isPositive();
      }
    }

    @Test
    void a_cancel_is_answered_503() {
      try (Service buildManager = buildManager()) {
        server.close();

        HttpResponse<String> away =
            post(buildManager, InternalApi.CANCELS, "{\"v\":1,\"phase_id\":\"plan-1\"}");

        assertThat(away.statusCode()).isEqualTo(503);
        assertThat(away.body()).contains("The broker did not take the signal.");
      }
    }
  }
}
