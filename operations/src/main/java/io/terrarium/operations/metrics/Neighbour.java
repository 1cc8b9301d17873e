package io.terrarium.operations.metrics;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Another service, asked for what it measures.
final class Neighbour {
  /// Longer than any answer of a service that is well.
  static final Duration PATIENCE = Duration.ofSeconds(4);

  private static final long BYTES_MAX = 4 * 1024 * 1024;

  private final HttpClient http;
  private final URI address;
  private final Optional<Secret> token;

  Neighbour(HttpClient http, URI address, Optional<Secret> token) {
    this.http = http;
    this.address = address;
    this.token = token;
  }

  /// @throws IllegalStateException when it does not answer as it should, and in time
  <T> T get(String path, Class<T> type) throws InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(address + path));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.value()));
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(
            request.build(),
            HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), BYTES_MAX));
    try {
      return read(path, answer.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS), type);
    } catch (TimeoutException | ExecutionException | IOException e) {
      throw new IllegalStateException(address + path + " did not answer well: " + e, e);
    } finally {
      // A body that never ends must not hold a connection.
      answer.cancel(true);
    }
  }

  private static <T> T read(String path, HttpResponse<byte[]> answer, Class<T> type)
      throws IOException {
    if (answer.statusCode() != 200) {
      throw new IOException(path + " was answered with " + answer.statusCode());
    }
    T value = Json.SNAKE.readValue(answer.body(), type);
    if (value == null) {
      throw new IOException(path + " was answered with null");
    }
    return value;
  }
}
