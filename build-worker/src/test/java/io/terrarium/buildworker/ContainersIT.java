package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.archivist.LogPosition;
import io.terrarium.contracts.build.BuildCommand;
import io.terrarium.contracts.build.BuildTopology;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.build.Priority;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.internal.BuildSpecification;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.TerraformOffer;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedBroker;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.amqp.AmqpConfig;
import io.terrarium.kernel.amqp.AmqpMessage;
import io.terrarium.kernel.amqp.Broker;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker, whose one build waits for its configuration until the test ends.
class ContainersIT {
  private static final Duration LONGEST = Duration.ofSeconds(60);
  private static final String TOKEN = "internal token";

  @TempDir private Path directory;
  private final CountDownLatch isFetching = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private DataDirectory data;
  private EmbeddedBroker server;
  private Platform platform;
  private HttpService mesh;
  private Broker broker;
  private BuildWorker worker;

  @BeforeEach
  void start() {
    data = DataDirectory.open(directory.resolve("data"));
    server = EmbeddedBroker.start(data);
    platform = Platform.start();
    mesh = HttpService.start(platform.vertx(), "mesh", HttpAddress.loopback(0), this::mount);
    broker = Broker.open(amqp(), "test", BuildTopology.declaration(), platform.clock(), LONGEST);
    worker = BuildWorker.start(config(), platform);
  }

  @AfterEach
  void stop() {
    end.countDown();
    worker.close();
    broker.close();
    mesh.close();
    platform.close();
    server.close();
    data.close();
    http.shutdownNow();
  }

  private void mount(Api api) {
    api.post(InternalApi.CLAIM, _ -> Reply.json(200, granted()));
    api.post(InternalApi.BEAT, _ -> Reply.json(200, new Claims.Renewed(1, Claims.Wish.CONTINUE)));
    api.post(
        InternalApi.WORKERS,
        _ -> Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, WorkerOrders.Intake.OPEN)));
    api.post(InternalApi.HOPS, _ -> Reply.noContent());
    api.get(
        "/object/slug",
        _ -> {
          isFetching.countDown();
          end.await();
          return Reply.of(503);
        });
    api.post("/log", ContainersIT::append);
    api.otherwise("/*", _ -> Reply.noContent());
  }

  private static Reply append(Call call) {
    long offset = call.query("offset").map(Long::parseLong).orElse(0L);
    boolean isEnd = call.query("end").isPresent();
    return Reply.json(200, new LogPosition(offset + call.body().length, isEnd));
  }

  private static Claims.Granted granted() {
    return new Claims.Granted(
        1,
        1,
        60,
        5,
        new BuildSpecification(
            BuildSpecification.VERSION,
            new RunId("run-1"),
            Phase.PLAN,
            "plan-1",
            "acme",
            "shop",
            "ws-1",
            "prod",
            "a token of the run",
            "1.11.4+scripted",
            "",
            new BuildSpecification.Options(
                false, true, false, false, false, false, false, List.of(), List.of()),
            List.of(),
            false,
            null,
            60,
            new BuildSpecification.Objects(
                "/object/slug",
                null,
                "/object/plan",
                "/object/plan-json",
                "/object/redacted",
                "/object/schemas",
                null,
                null,
                "/log"),
            TerraformOffer.NONE));
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

  private BuildWorkerConfig config() {
    return new BuildWorkerConfig(
        HttpAddress.loopback(0),
        "node",
        amqp(),
        URI.create("http://127.0.0.1:" + mesh.port()),
        URI.create("https://127.0.0.1:8443"),
        new Secret(TOKEN),
        directory.resolve("work"),
        List.of(),
        Optional.empty(),
        directory.resolve("terraform"),
        Optional.empty(),
        Optional.empty(),
        1,
        0,
        0,
        Map.of());
  }

  private void build() throws Exception {
    BuildCommand command =
        new BuildCommand(
            BuildCommand.VERSION,
            new RunId("run-1"),
            Phase.PLAN,
            "plan-1",
            Priority.PLAN,
            1,
            new BuildCommand.Limits(0, 0, 60));
    broker.publish(
        BuildTopology.EXCHANGE,
        BuildTopology.PLAN_QUEUE,
        AmqpMessage.json(Json.SNAKE.writeValueAsBytes(command), "build_command", "plan-1"));
    assertThat(isFetching.await(LONGEST.toSeconds(), TimeUnit.SECONDS))
        .as("a build begins")
        .isTrue();
  }

  private HttpResponse<String> get(String path, String token)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + worker.port() + path))
            .header("Authorization", "Bearer " + token)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString());
  }

  @Nested
  class A_build_that_runs {
    @Test
    void is_told_of_with_its_run_and_its_workspace() throws Exception {
      build();

      HttpResponse<String> answer = get(InternalApi.BUILD_CONTAINERS, TOKEN);

      JsonNode build = Json.SNAKE.readTree(answer.body()).path("builds").path(0);
      assertThat(build.path("id").asText()).isEqualTo("plan-1");
      assertThat(build.path("run_id").asText()).isEqualTo("run-1");
      assertThat(build.path("phase").asText()).isEqualTo("plan");
      assertThat(build.path("workspace_name").asText()).isEqualTo("prod");
      assertThat(build.path("organization_name").asText()).isEqualTo("acme");
    }

    @Test
    void is_no_business_of_those_without_the_token() throws Exception {
      build();

      assertThat(get(InternalApi.BUILD_CONTAINERS, "another token").statusCode()).isEqualTo(401);
      assertThat(get("/metrics", "none").body())
          .contains("event=\"delivered\",queue=\"terrarium.builds.plan\"")
          .doesNotContain("run-1", "acme", "a token of the run");
    }
  }

  @Nested
  class A_worker_without_a_build {
    @Test
    void tells_of_none() throws Exception {
      HttpResponse<String> answer = get(InternalApi.BUILD_CONTAINERS, TOKEN);

      assertThat(Json.SNAKE.readTree(answer.body()).path("builds")).isEmpty();
    }
  }
}
