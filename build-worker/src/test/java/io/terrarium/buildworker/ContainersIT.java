package io.terrarium.buildworker;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.internal.Claims;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real worker, whose one build waits for its configuration until the test ends.
class ContainersIT {
  private static final String TOKEN = "internal token";

  @TempDir private Path directory;
  private final CountDownLatch isFetching = new CountDownLatch(1);
  private final CountDownLatch end = new CountDownLatch(1);
  private final HttpClient http = HttpClient.newHttpClient();
  private WorkerFixture node;
  private BuildWorker worker;

  @BeforeEach
  void start() {
    node = new WorkerFixture(directory, this::mount);
    worker = node.worker();
  }

  @AfterEach
  void stop() {
    end.countDown();
    worker.close();
    node.close();
    http.shutdownNow();
  }

  private void mount(Api api) {
    api.post(InternalApi.CLAIM, _ -> Reply.json(200, Grants.plan("plan-1", 5)));
    api.post(InternalApi.BEAT, _ -> Reply.json(200, new Claims.Renewed(1, Claims.Wish.CONTINUE)));
    api.post(
        InternalApi.WORKERS,
        _ -> Reply.json(200, new WorkerOrders(WorkerOrders.VERSION, WorkerOrders.Intake.OPEN)));
    api.get(
        "/object/slug",
        _ -> {
          isFetching.countDown();
          end.await();
          // For good: a worker that is closed waits for what it would try again.
          return Reply.of(404);
        });
    api.post("/log", Grants::append);
    api.otherwise("/*", _ -> Reply.noContent());
  }

  private void build() throws Exception {
    node.deliver("plan-1");
    assertThat(isFetching.await(WorkerFixture.LONGEST.toSeconds(), TimeUnit.SECONDS))
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
