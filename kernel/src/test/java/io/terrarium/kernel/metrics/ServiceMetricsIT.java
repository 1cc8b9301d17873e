package io.terrarium.kernel.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.BearerToken;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/// A service with two routes of its own, one of which wants a token.
class ServiceMetricsIT {
  /// A comment, or a series with its labels and its value.
  private static final String LINE =
      "# (HELP|TYPE) [a-z_0-9]+ .*"
          + "|[a-z_0-9]+(\\{([a-z_]+=\"([^\"\\\\\n]|\\\\[\\\\\"n])*\",?)*})?"
          + " (NaN|[+-]Inf|-?[0-9.]+(E-?[0-9]+)?)";

  private final HttpClient http = HttpClient.newHttpClient();
  private Platform platform;
  private Service service;

  @BeforeEach
  void start() {
    platform = Platform.start();
    service = start("shop");
  }

  @AfterEach
  void stop() {
    service.close();
    platform.close();
    http.shutdownNow();
  }

  private Service start(String name) {
    return Service.start(name, platform, HttpAddress.loopback(0), _ -> ServiceMetricsIT::mount);
  }

  private static void mount(Api api) {
    api.get("/things/:id", _ -> Reply.noContent());
    api.behind(BearerToken.required(new Secret("token"))).otherwise("/*", _ -> Reply.of(204));
  }

  private HttpResponse<String> send(String method, String path) {
    HttpRequest request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + service.port() + path))
            .method(method, HttpRequest.BodyPublishers.noBody())
            .build();
    try {
      return http.send(request, HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<String> metrics() {
    HttpResponse<String> answer = send("GET", "/metrics");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type"))
        .contains("text/plain; version=0.0.4; charset=utf-8");
    return answer.body().lines().toList();
  }

  /// An answer is counted once it is sent, which its reader may hear of before.
  private List<String> metricsWith(String line) {
    AtomicReference<List<String>> last = new AtomicReference<>(List.of());
    Eventually.until(
        () -> line + " in " + last.get(),
        () -> {
          last.set(metrics());
          return last.get().contains(line);
        });
    return last.get();
  }

  private static String count(String method, String route, int status, int count) {
    return "http_server_requests_seconds_count{method=\"%s\",route=\"%s\",service=\"shop\",status=\"%d\"} %d"
        .formatted(method, route, status, count);
  }

  @Nested
  class The_metrics_of_a_service {
    @Test
    void name_a_route_as_it_was_mounted_however_it_is_asked_for() {
      for (int thing = 0; thing < 3; thing++) {
        send("GET", "/things/" + thing);
      }

      assertThat(metricsWith(count("GET", "/things/:id", 204, 3)))
          .noneMatch(line -> line.contains("/things/1"));
    }

    @Test
    void rise_with_each_answer() {
      send("GET", "/things/1");
      metricsWith(count("GET", "/things/:id", 204, 1));

      send("GET", "/things/1");

      metricsWith(count("GET", "/things/:id", 204, 2));
    }

    @Test
    void have_no_label_that_a_caller_chooses() {
      send("MKCOL", "/nothing/secret-1");
      send("BREW", "/nothing/secret-2");

      assertThat(metricsWith(count("other", "/*", 401, 2)))
          .noneMatch(line -> line.contains("secret") || line.contains("BREW"));
    }

    @Test
    void say_how_long_answers_took() {
      send("GET", "/things/1");

      assertThat(metricsWith(count("GET", "/things/:id", 204, 1)))
          .anyMatch(line ->
              line.startsWith("http_server_requests_seconds_bucket{")
                  && line.contains("/things/:id")
                  && line.endsWith(",le=\"10.0\"} 1"));
    }

    @Test
    void tell_of_the_process() {
      assertThat(metrics())
          .extracting(line -> line.replaceAll("[{ ].*", ""))
          .contains(
              "jvm_memory_used_bytes",
              "jvm_gc_max_data_size_bytes",
              "jvm_threads_live_threads",
              "jvm_classes_loaded_classes",
              "process_cpu_usage",
              "process_uptime_seconds",
              "process_files_open_files");
    }

    @Test
    void are_well_formed() {
      send("GET", "/things/1");

      assertThat(metricsWith(count("GET", "/things/:id", 204, 1)))
          .allMatch(line -> line.matches(LINE));
    }
  }

  @Nested
  class A_process {
    @Test
    void is_called_as_its_one_service_is() throws IOException {
      JsonNode process = Json.SNAKE.readTree(send("GET", "/metrics/process").body());

      assertThat(process.path("name").asText()).isEqualTo("shop");
      assertThat(process.path("id").asText()).matches("[0-9a-f]{12}");
    }

    @Test
    void with_several_services_is_the_whole_mesh_whoever_is_asked() throws IOException {
      try (Service _ = start("till")) {
        JsonNode process = Json.SNAKE.readTree(send("GET", "/metrics/process").body());

        assertThat(process.path("name").asText()).isEqualTo("terrarium");
      }
    }
  }
}
