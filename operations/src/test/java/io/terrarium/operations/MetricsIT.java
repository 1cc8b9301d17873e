package io.terrarium.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildContainers;
import io.terrarium.contracts.internal.CurrentRuns;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.NodeBuilds;
import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedRedis;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.metrics.Container;
import io.terrarium.kernel.metrics.Measure;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisConfig;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.kernel.settings.SettingsFault;
import io.terrarium.kernel.tls.Trust;
import io.terrarium.testsupport.TestClock;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The metrics port, between a real Redis and two small servers: one stands for atlas, the other
/// for all the rest.
class MetricsIT {
  private static final String TOKEN = "internal token";

  /// A head, or a series with its labels and its value, as Prometheus' text format has them.
  private static final String LINE =
      "# TYPE [a-z_]+ (counter|gauge)"
          + "|[a-z_]+(\\{[a-z_]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\""
          + "(,[a-z_]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\")*})? -?[0-9]+(\\.[0-9]+)?";

  private static final String PRODUCTION =
      "organization_name=\"acme\",status=\"planning\",workspace_name=\"a \\\"quoted\\\" \\\\ name\"";

  @TempDir private static Path directory;
  private static DataDirectory data;
  private static EmbeddedRedis server;
  private static LocalCertificates certificates;

  private final TestClock clock = new TestClock();
  private final AtomicInteger asked = new AtomicInteger();
  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, String> settings = new HashMap<>();
  private volatile CountDownLatch door = new CountDownLatch(0);
  private volatile List<BuildContainers.Build> builds = List.of();
  private Platform platform;
  private HttpService atlas;
  private HttpService rest;
  private @Nullable Service operations;

  @BeforeAll
  static void startServers() {
    data = DataDirectory.open(directory);
    server = EmbeddedRedis.start(data);
    certificates = LocalCertificates.ensure(data, List.of(), java.time.InstantSource.system());
  }

  @AfterAll
  static void stopServers() {
    server.close();
    data.close();
  }

  @BeforeEach
  void start() {
    platform = Platform.start(clock, Ids.random());
    atlas = HttpService.start(platform.vertx(), "atlas", HttpAddress.loopback(0), this::atlas);
    rest = HttpService.start(platform.vertx(), "rest", HttpAddress.loopback(0), this::rest);
    settings.put("TFE_METRICS_ENABLE", "true");
    settings.put("TFE_METRICS_HTTP_PORT", freePort());
  }

  @AfterEach
  void stop() {
    door.countDown();
    if (operations != null) {
      operations.close();
    }
    rest.close();
    atlas.close();
    platform.close();
    http.shutdownNow();
  }

  private void atlas(Api api) {
    api.get("/metrics/process", _ -> Reply.json(200, container("a1", "atlas", 7)));
    Api known = api.behind(BearerToken.required(new Secret(TOKEN)));
    known.get(
        InternalApi.NODE_BUILDS,
        _ ->
            Reply.json(
                200,
                new NodeBuilds(
                    1, List.of(new WorkerBeat(1, "w", "node", 10, 7, false, "none")), 3)));
    known.get(
        InternalApi.CURRENT_RUNS,
        _ ->
            Reply.json(
                200,
                new CurrentRuns(
                    1,
                    List.of(
                        new CurrentRuns.Count("acme", "a \"quoted\" \\ name", "planning", 2)))));
  }

  private void rest(Api api) {
    api.get(
        "/metrics/process",
        _ -> {
          asked.incrementAndGet();
          door.await();
          return Reply.json(200, container("b2", "terrarium", 9));
        });
    api.behind(BearerToken.required(new Secret(TOKEN)))
        .get(InternalApi.BUILD_CONTAINERS, _ -> Reply.json(200, new BuildContainers(1, builds)));
  }

  private static Container container(String id, String name, long nanos) {
    return new Container(id, name, "terrarium:1", Map.of(Measure.CPU_USER, nanos));
  }

  private static String freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return Integer.toString(socket.getLocalPort());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private void startOperations() {
    Env env = Env.of(environment());
    OperationsConfig config = OperationsConfig.from(env);
    env.check();
    operations = Operations.start(config, platform);
  }

  private Map<String, String> environment() {
    Map<String, String> values = new HashMap<>();
    for (String service :
        List.of(
            "ARCHIVIST",
            "SIDEKIQ_WORKER",
            "BUILD_MANAGER",
            "BUILD_WORKER",
            "STATE_PARSER",
            "OUTBOUND_PROXY",
            "SLUG_INGRESS",
            "REGISTRY_API",
            "REGISTRY_WORKER",
            "VAULT")) {
      values.put("TERRARIUM_" + service + "_URL", "http://127.0.0.1:" + rest.port());
    }
    values.put("TERRARIUM_ATLAS_URL", "http://127.0.0.1:" + atlas.port());
    values.put("TERRARIUM_OPERATIONS_PORT", "0");
    values.put("TERRARIUM_ROUTER_INTERNAL_URL", "http://127.0.0.1:" + atlas.port());
    values.put("TERRARIUM_INTERNAL_API_TOKEN", TOKEN);
    values.put("TFE_REDIS_HOST", server.host() + ":" + server.port());
    values.put("TFE_REDIS_PASSWORD", server.password().value());
    values.put("TFE_DATABASE_HOST", "127.0.0.1:1");
    values.put("TFE_DATABASE_NAME", "nobody");
    values.put("TFE_DATABASE_USER", "nobody");
    values.put("TFE_DATABASE_PASSWORD", "none");
    values.put("TERRARIUM_VAULT_TOKEN", "none");
    values.put("TERRARIUM_ARCHIVIST_TOKEN", "none");
    values.put("TFE_BACKUP_RESTORE_TOKEN", "none");
    values.putAll(settings);
    return values;
  }

  private HttpRequest request(String query) {
    return HttpRequest.newBuilder(
            URI.create(
                "http://127.0.0.1:" + settings.get("TFE_METRICS_HTTP_PORT") + "/metrics" + query))
        .build();
  }

  private HttpResponse<String> get(String query) throws IOException, InterruptedException {
    return http.send(request(query), HttpResponse.BodyHandlers.ofString());
  }

  private List<String> prometheus() throws IOException, InterruptedException {
    HttpResponse<String> answer = get("?format=prometheus");
    assertThat(answer.statusCode()).isEqualTo(200);
    return answer.body().lines().toList();
  }

  @Nested
  class The_port {
    @Test
    void is_closed_unless_it_is_asked_for() {
      settings.remove("TFE_METRICS_ENABLE");

      startOperations();

      assertThatThrownBy(() -> get("")).isInstanceOf(ConnectException.class);
    }

    @Test
    void speaks_tls_by_the_certificate_of_the_node() throws Exception {
      String port = freePort();
      settings.put("TFE_METRICS_HTTPS_PORT", port);
      settings.put("TFE_TLS_CERT_FILE", certificates.server().toString());
      settings.put("TFE_TLS_KEY_FILE", certificates.serverKey().toString());
      startOperations();
      Trust trust =
          Trust.from(Env.of(Map.of("TFE_TLS_CA_BUNDLE_FILE", certificates.authority().toString())));

      try (HttpClient trusting = HttpClient.newBuilder().sslContext(trust.context()).build()) {
        HttpResponse<String> answer =
            trusting.send(
                HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/metrics"))
                    .build(),
                HttpResponse.BodyHandlers.ofString());

        assertThat(answer.statusCode()).isEqualTo(200);
      }
    }

    @Test
    void for_tls_wants_a_certificate() {
      settings.put("TFE_METRICS_HTTPS_PORT", "9091");

      assertThatThrownBy(MetricsIT.this::startOperations)
          .isInstanceOf(SettingsFault.class)
          .hasMessageContaining("TFE_METRICS_HTTPS_PORT needs a certificate");
    }

    @Test
    void is_not_the_other_port() {
      settings.put("TFE_METRICS_HTTPS_PORT", settings.get("TFE_METRICS_HTTP_PORT"));
      settings.put("TFE_TLS_CERT_FILE", certificates.server().toString());
      settings.put("TFE_TLS_KEY_FILE", "/no/such/key.pem");

      assertThatThrownBy(MetricsIT.this::startOperations)
          .isInstanceOf(SettingsFault.class)
          .hasMessageContaining("TFE_METRICS_HTTPS_PORT must be another port")
          .hasMessageContaining("TFE_TLS_KEY_FILE names /no/such/key.pem, which cannot be read");
    }
  }

  @Nested
  class The_metrics {
    @BeforeEach
    void openPort() {
      startOperations();
    }

    @Test
    void are_json_by_default() throws Exception {
      HttpResponse<String> answer = get("");

      JsonNode json = Json.SNAKE.readTree(answer.body());
      assertThat(answer.headers().firstValue("Content-Type")).contains("application/json");
      assertThat(json.path("Timestamp").asText()).isEqualTo("2026-01-02 03:04:05 +0000 UTC");
      assertThat(json.path("Gauges"))
          .anySatisfy(gauge -> {
            assertThat(gauge.path("Name").asText()).isEqualTo("tfe.run.limit");
            assertThat(gauge.path("Value").asInt()).isEqualTo(10);
          });
      assertThat(json.path("Counters"))
          .anySatisfy(counter -> {
            assertThat(counter.path("Name").asText()).isEqualTo("tfe.container.cpu.usage.user");
            assertThat(counter.path("Count").asLong()).isEqualTo(7);
            assertThat(counter.path("Labels").path("name").asText()).isEqualTo("atlas");
          });
    }

    @Test
    void are_for_prometheus_when_it_asks() throws Exception {
      assertThat(get("?format=prometheus").headers().firstValue("Content-Type"))
          .contains("text/plain; version=0.0.4; charset=utf-8");
      assertThat(prometheus())
          .allMatch(line -> line.matches(LINE))
          .contains(
              "# TYPE tfe_run_current_count gauge",
              "tfe_run_current_count{" + PRODUCTION + "} 2",
              "tfe_run_count 3",
              "tfe_run_limit 10",
              "# TYPE tfe_container_cpu_usage_user counter",
              "tfe_container_cpu_usage_user{id=\"a1\",image=\"terrarium:1\",name=\"atlas\"} 7");
    }

    @Test
    void have_one_head_for_each_name() throws Exception {
      assertThat(prometheus()).filteredOn(line -> line.startsWith("#")).doesNotHaveDuplicates();
    }

    @Test
    void tell_of_a_process_once_however_many_services_are_in_it() throws Exception {
      assertThat(prometheus())
          .filteredOn(line -> line.contains("id=\"b2\""))
          .singleElement()
          .isEqualTo(
              "tfe_container_cpu_usage_user{id=\"b2\",image=\"terrarium:1\",name=\"terrarium\"} 9");
    }

    @Test
    void tell_of_the_queues() throws Exception {
      RedisConfig config = new RedisConfig(server.host(), server.port(), server.password(), false);
      try (Redis redis = Redis.open(config, "test", Duration.ofSeconds(10))) {
        redis.callAll(
            List.of(
                Command.of("SADD", "queues", "mail"),
                Command.of("LPUSH", "queue:mail", job("one"), job("two")),
                Command.of("SET", "stat:processed", "12"),
                Command.of("SET", "stat:failed", "5")));

        List<String> lines = prometheus();

        redis.callAll(List.of(Command.of("FLUSHALL")));
        assertThat(lines)
            .contains(
                "tfe_sidekiq_sidekiq_queue_size{queue=\"mail\"} 2",
                "tfe_sidekiq_sidekiq_queue_latency{queue=\"mail\"} 2.5",
                "tfe_sidekiq_sidekiq_enqueued 2",
                "tfe_sidekiq_sidekiq_processed 12",
                "tfe_sidekiq_sidekiq_failed 5",
                "tfe_sidekiq_sidekiq_dead 0",
                "tfe_sidekiq_sidekiq_retries 0",
                "tfe_sidekiq_sidekiq_scheduled 0",
                "tfe_sidekiq_sidekiq_busy 0");
      }
    }

    private String job(String jid) {
      double enqueued = clock.instant().toEpochMilli() / 1000.0 - 2.5;
      return """
      {"class":"Mail","args":[],"jid":"%s","queue":"mail","created_at":%2$f,"enqueued_at":%2$f}
      """
          .formatted(jid, enqueued)
          .strip();
    }

    @Test
    void name_the_formats_to_who_wants_another() throws Exception {
      HttpResponse<String> answer = get("?format=xml");

      assertThat(answer.statusCode()).isEqualTo(400);
      assertThat(answer.body()).contains("no format xml", "JSON", "format=prometheus");
    }

    @Test
    void tell_of_a_build_with_its_run() throws Exception {
      builds = List.of(build());

      assertThat(prometheus())
          .contains(
              "tfe_container_memory_used_bytes{id=\"plan-1\",image=\"terrarium:0.1.0\","
                  + "name=\"run-1-plan\",organization_name=\"acme\",run_id=\"run-1\","
                  + "run_type=\"plan\",workspace_name=\"prod\"} 4096");
    }

    private BuildContainers.Build build() {
      return new BuildContainers.Build(
          "plan-1",
          new RunId("run-1"),
          Phase.PLAN,
          "prod",
          "acme",
          Map.of(Measure.MEMORY_USED, 4096L));
    }

    @Test
    void keep_a_build_for_fifteen_seconds_after_its_end() throws Exception {
      builds = List.of(build());
      prometheus();
      builds = List.of();

      clock.advance(Duration.ofSeconds(14));
      List<String> soon = prometheus();
      clock.advance(Duration.ofSeconds(6));
      List<String> later = prometheus();

      assertThat(soon).anyMatch(line -> line.contains("run_id=\"run-1\""));
      assertThat(later).noneMatch(line -> line.contains("run_id=\"run-1\""));
    }

    @Test
    void are_gathered_once_for_all_who_ask_within_five_seconds() throws Exception {
      door = new CountDownLatch(1);
      List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        answers.add(http.sendAsync(request(""), HttpResponse.BodyHandlers.ofString()));
      }
      door.countDown();
      answers.forEach(CompletableFuture::join);

      clock.advance(Duration.ofSeconds(4));
      get("");
      int within = asked.get();
      clock.advance(Duration.ofSeconds(2));
      get("");

      assertThat(within).as("services that were asked").isEqualTo(10);
      assertThat(asked.get()).isEqualTo(20);
    }

    @Test
    void leave_out_a_service_that_is_dead() throws Exception {
      atlas.close();

      assertThat(prometheus())
          .anyMatch(line -> line.contains("id=\"b2\""))
          .contains("tfe_sidekiq_sidekiq_busy 0")
          .noneMatch(line -> line.contains("name=\"atlas\"") || line.contains("tfe_run_"));
    }

    @Test
    void leave_out_a_service_that_hangs() throws Exception {
      door = new CountDownLatch(1);

      assertThat(prometheus())
          .contains("tfe_run_limit 10")
          .noneMatch(line -> line.contains("id=\"b2\""));
    }
  }

  @Nested
  class What_metrics_hold {
    @Test
    void is_no_secret() throws Exception {
      startOperations();

      assertThat(get("").body() + get("?format=prometheus").body())
          .doesNotContain(TOKEN, server.password().value());
    }
  }
}
