package io.terrarium.operations.health;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Asks one service for its health, and does not wait for long.
final class ServiceHealth {
  /// Longer than a service takes that waits in vain for what it depends on.
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private final HttpClient http;
  private final HttpRequest request;

  ServiceHealth(HttpClient http, URI address) {
    this.http = http;
    this.request = HttpRequest.newBuilder(URI.create(address + "/_health")).build();
  }

  ServiceAnswer ask() {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, HttpResponse.BodyHandlers.ofByteArray());
    try {
      return read(answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS));
    } catch (TimeoutException e) {
      answer.cancel(true);
      return down("did not answer within " + PATIENCE.toSeconds() + " s");
    } catch (ExecutionException e) {
      return down("did not answer: " + e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      answer.cancel(true);
      return down("was not asked: interrupted");
    }
  }

  /// A service that does not reach what it depends on says so with 503, and is up itself.
  private ServiceAnswer read(HttpResponse<byte[]> response) {
    int status = response.statusCode();
    if (status != 200 && status != 503) {
      return down("did not return a healthy status, " + status);
    }
    Map<String, Boolean> checks = new LinkedHashMap<>();
    try {
      JsonNode body = Json.SNAKE.readTree(response.body());
      for (Map.Entry<String, JsonNode> check : body.path("checks").properties()) {
        checks.put(check.getKey(), check.getValue().asText().equals("up"));
      }
    } catch (IOException e) {
      return down("answered what is no JSON");
    }
    boolean isExplained = status == 200 || checks.containsValue(false);
    return isExplained
        ? new ServiceAnswer("", checks)
        : down("did not return a healthy status, " + status);
  }

  private ServiceAnswer down(String what) {
    return ServiceAnswer.down(request.uri() + " " + what);
  }
}
