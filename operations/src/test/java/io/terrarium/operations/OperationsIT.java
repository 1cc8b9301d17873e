package io.terrarium.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Operations between a small server that stands for all services, and a Redis that is away.
class OperationsIT {
  private static final int SERVICES = 8;
  private static final String TOKEN = "internal token";

  private final AtomicInteger asked = new AtomicInteger();
  private final AtomicInteger answered = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private volatile CountDownLatch door = new CountDownLatch(0);
  private volatile Map<String, String> checks = allChecks();
  private Platform platform;
  private HttpService services;
  private Service operations;

  @BeforeEach
  void start() throws Exception {
    platform = Platform.start();
    services =
        HttpService.start(
            platform.vertx(),
            "services of the test",
            HttpAddress.loopback(0),
            api -> api.get("/_health", _ -> health()));
    operations = Operations.start(OperationsConfig.from(environment()), platform);
    // The node itself looks at its start, and who asks meanwhile would be told of that look.
    Eventually.until("the node's own first look", () -> answered.get() >= SERVICES);
    get("/");
  }

  @AfterEach
  void stop() {
    door.countDown();
    operations.close();
    services.close();
    platform.close();
    http.shutdownNow();
  }

  private static Map<String, String> allChecks() {
    Map<String, String> checks = new HashMap<>();
    List.of("database", "redis", "vault", "broker", "object-store")
        .forEach(name -> checks.put(name, "up"));
    return checks;
  }

  private Reply health() throws InterruptedException {
    asked.incrementAndGet();
    door.await();
    answered.incrementAndGet();
    Map<String, String> now = checks;
    return Reply.json(now.containsValue("down") ? 503 : 200, Map.of("checks", now));
  }

  private Env environment() {
    Map<String, String> values = new HashMap<>();
    for (String service :
        List.of(
            "ATLAS",
            "ARCHIVIST",
            "SIDEKIQ_WORKER",
            "BUILD_MANAGER",
            "BUILD_WORKER",
            "STATE_PARSER",
            "OUTBOUND_PROXY",
            "SLUG_INGRESS",
            "REGISTRY_API",
            "REGISTRY_WORKER")) {
      values.put("TERRARIUM_" + service + "_URL", "http://127.0.0.1:" + services.port());
    }
    values.put("TERRARIUM_OPERATIONS_PORT", "0");
    values.put("TERRARIUM_ROUTER_INTERNAL_URL", "http://127.0.0.1:" + services.port());
    values.put("TERRARIUM_INTERNAL_API_TOKEN", TOKEN);
    values.put("TFE_REDIS_HOST", "127.0.0.1:1");
    values.put("TFE_DATABASE_HOST", "127.0.0.1:1");
    values.put("TFE_DATABASE_NAME", "nobody");
    values.put("TFE_DATABASE_USER", "nobody");
    values.put("TFE_DATABASE_PASSWORD", "none");
    values.put("TERRARIUM_VAULT_URL", "http://127.0.0.1:1");
    values.put("TERRARIUM_VAULT_TOKEN", "none");
    values.put("TERRARIUM_ARCHIVIST_TOKEN", "none");
    values.put("TFE_BACKUP_RESTORE_TOKEN", "none");
    return Env.of(values);
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + operations.port() + path));
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(request(path).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static JsonNode json(HttpResponse<String> answer) throws IOException {
    return Json.SNAKE.readTree(answer.body());
  }

  @Nested
  class The_health_check {
    @Test
    void names_the_server_that_services_do_not_reach() throws Exception {
      checks.put("broker", "down");

      HttpResponse<String> answer = get("/_health_check?full=1");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(json(answer).path("rabbitmq").asText()).isEqualTo("DOWN");
      assertThat(json(answer).path("postgres").asText()).isEqualTo("UP");
      assertThat(json(answer).path("atlas").asText()).isEqualTo("UP");
    }

    @Test
    void asks_each_service_once_for_all_who_want_to_know_at_the_same_time() throws Exception {
      door = new CountDownLatch(1);
      asked.set(0);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

      for (int i = 0; i < 50; i++) {
        answers.add(
            http.sendAsync(
                request("/_health_check?full=1").build(), HttpResponse.BodyHandlers.ofString()));
      }

      // None is let in, so all wait for as long as a look may take.
      for (CompletableFuture<HttpResponse<String>> answer : answers) {
        assertThat(answer.get().statusCode()).isEqualTo(500);
      }
      assertThat(asked.get()).as("seven services, by one look or two").isBetween(7, 14);
    }

    @Test
    void does_not_wait_for_a_service_that_hangs() throws Exception {
      door = new CountDownLatch(1);

      HttpResponse<String> answer = get("/_health_check?full=1");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(json(answer).path("atlas").asText()).isEqualTo("DOWN");
      assertThat(json(answer).path("postgres").asText()).isEqualTo("UNKNOWN");
    }

    @Test
    void looks_at_everything_until_all_was_well_once() throws Exception {
      checks.put("vault", "down");
      int whileStarting = get("/_health_check").statusCode();
      checks.put("vault", "up");
      int first = get("/_health_check").statusCode();
      checks.put("vault", "down");

      HttpResponse<String> later = get("/_health_check");

      assertThat(List.of(whileStarting, first, later.statusCode())).containsExactly(500, 200, 200);
      assertThat(get("/_health_check?full=1").statusCode()).isEqualTo(500);
    }
  }

  @Nested
  class The_list_of_checks {
    @Test
    void says_of_each_whether_it_passed_and_why_not() throws Exception {
      checks.put("object-store", "down");

      HttpResponse<String> answer = get("/");

      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(json(answer).path("passed").asBoolean()).isFalse();
      assertThat(json(answer).path("checks"))
          .anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("Object Storage Health Check");
            assertThat(check.path("passed").asBoolean()).isFalse();
            assertThat(check.path("error").asText()).startsWith("not reached by atlas, archivist");
          })
          .anySatisfy(check -> {
            assertThat(check.path("name").asText()).isEqualTo("Archivist Health Check");
            assertThat(check.path("passed").asBoolean()).isTrue();
          });
    }
  }

  @Nested
  class The_readiness {
    @Test
    void is_ok_while_all_is_well() throws Exception {
      HttpResponse<String> answer = get("/api/v1/health/readiness?timeout=30");

      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(json(answer).path("node").asText()).isEqualTo("node");
      assertThat(json(answer).path("status").asText()).isEqualTo("OK");
      assertThat(json(answer).path("checks").path("archivist").asText()).isEqualTo("OK");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "31", "soon", ""})
    void takes_a_timeout_of_one_to_thirty_seconds(String timeout) throws Exception {
      assertThat(get("/api/v1/health/readiness?timeout=" + timeout).statusCode()).isEqualTo(400);
    }
  }

  @Nested
  class A_node_without_redis {
    @Test
    void does_not_drain_and_says_why() throws Exception {
      HttpResponse<String> refused = post(TOKEN);

      assertThat(refused.statusCode()).isEqualTo(503);
      HttpResponse<String> status =
          http.send(
              request("/v1/node").header("Authorization", "Bearer " + TOKEN).build(),
              HttpResponse.BodyHandlers.ofString());
      assertThat(json(status).path("entry").path("drain").asText()).isEqualTo("NONE");
    }

    @Test
    void drains_for_nobody_without_the_token() throws Exception {
      assertThat(post("another token").statusCode()).isEqualTo(401);
    }

    private HttpResponse<String> post(String token) throws Exception {
      return http.send(
          request("/v1/node/drain")
              .header("Authorization", "Bearer " + token)
              .POST(HttpRequest.BodyPublishers.noBody())
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }
}
