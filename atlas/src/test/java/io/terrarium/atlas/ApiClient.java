package io.terrarium.atlas;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.Optional;

/// Calls atlas as a client does, with a token or without.
public final class ApiClient {
  private static final String JSON_API = "application/vnd.api+json";

  private final HttpClient http;
  private final URI base;
  private final Optional<String> token;

  ApiClient(HttpClient http, URI base, Optional<String> token) {
    this.http = http;
    this.base = base;
    this.token = token;
  }

  public Answer get(String path) {
    return send("GET", path, "", Map.of());
  }

  public Answer get(String path, Map<String, String> headers) {
    return send("GET", path, "", headers);
  }

  public Answer delete(String path) {
    return send("DELETE", path, "", Map.of());
  }

  /// Sends the attributes as a JSON:API document.
  public Answer post(String path, String type, Map<String, ?> attributes) {
    return send("POST", path, document(type, attributes), Map.of());
  }

  public Answer patch(String path, String type, Map<String, ?> attributes) {
    return send("PATCH", path, document(type, attributes), Map.of());
  }

  /// Sends a body as it is.
  public Answer send(String method, String path, String body, Map<String, String> headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .header("Content-Type", JSON_API);
    token.ifPresent(text -> request.header("Authorization", "Bearer " + text));
    headers.forEach(request::header);
    try {
      return new Answer(http.send(request.build(), HttpResponse.BodyHandlers.ofString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }

  private static String document(String type, Map<String, ?> attributes) {
    ObjectNode document = Json.KEBAB.createObjectNode();
    ObjectNode data = document.putObject("data");
    data.put("type", type);
    data.set("attributes", Json.KEBAB.valueToTree(attributes));
    return document.toString();
  }
}
