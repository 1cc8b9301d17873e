package io.terrarium.mesh;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// A plain client of the API, as a person with curl would be.
final class ApiClient {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);
  private static final HttpClient HTTP =
      HttpClient.newBuilder()
          .connectTimeout(LIMIT)
          .followRedirects(HttpClient.Redirect.NEVER)
          .build();

  private final URI base;
  private final String token;

  ApiClient(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  record Answer(int status, String text, HttpResponse<String> raw) {
    JsonNode json() {
      try {
        return JSON.readTree(text);
      } catch (IOException e) {
        throw new UncheckedIOException("not JSON: " + text, e);
      }
    }

    JsonNode data() {
      return json().path("data");
    }

    /// Types of what came along.
    List<String> includedTypes() {
      List<String> types = new ArrayList<>();
      json().path("included").forEach(one -> types.add(one.path("type").asText()));
      return types;
    }

    JsonNode attribute(String name) {
      return data().path("attributes").path(name);
    }
  }

  ApiClient as(String otherToken) {
    return new ApiClient(base, otherToken);
  }

  Answer get(String path) {
    return send("GET", path, "");
  }

  Answer post(String path, String body) {
    return send("POST", path, body);
  }

  Answer patch(String path, String body) {
    return send("PATCH", path, body);
  }

  Answer delete(String path) {
    return send("DELETE", path, "");
  }

  /// PUT of bytes to an absolute URL, without a token, as uploads are made.
  int put(String url, byte[] bytes) {
    return putAnswer(url, bytes).status();
  }

  Answer putAnswer(String url, byte[] bytes) {
    HttpRequest request =
        request(local(url))
            .header("Content-Type", "application/octet-stream")
            .PUT(HttpRequest.BodyPublishers.ofByteArray(bytes))
            .build();
    return exchange(request);
  }

  /// GET of an absolute URL without a token.
  Answer open(String url) {
    return exchange(request(local(url)).GET().build());
  }

  /// The same place over plain http, where no certificate has to be trusted.
  private URI local(String url) {
    URI uri = URI.create(url);
    return URI.create(
        base + uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery()));
  }

  Answer send(String method, String path, String body) {
    HttpRequest.Builder request =
        request(URI.create(base + path))
            .header("Content-Type", "application/vnd.api+json")
            .method(method, HttpRequest.BodyPublishers.ofString(body));
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return exchange(request.build());
  }

  private static HttpRequest.Builder request(URI address) {
    return HttpRequest.newBuilder(address).timeout(LIMIT);
  }

  private Answer exchange(HttpRequest request) {
    try {
      HttpResponse<String> response =
          HTTP.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
