package com.example.deploy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;

/** What we need of Terraform Enterprise's API. */
public final class EnterpriseClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final HttpClient http;
  private final URI address;
  private final String token;

  public EnterpriseClient(HttpClient http, URI address, String token) {
    this.http = http;
    this.address = address;
    this.token = token;
  }

  /** The object at a path below /api/v2. */
  public JsonNode get(String path) {
    return data(send("GET", path, BodyPublishers.noBody()));
  }

  public JsonNode create(String path, String document) {
    return data(send("POST", path, BodyPublishers.ofString(document)));
  }

  public void act(String path) {
    send("POST", path, BodyPublishers.ofString("{}"));
  }

  public void upload(String url, byte[] bytes) {
    exchange(HttpRequest.newBuilder(URI.create(url)).PUT(BodyPublishers.ofByteArray(bytes)));
  }

  private String send(String method, String path, BodyPublisher body) {
    return exchange(
        HttpRequest.newBuilder(address.resolve("/api/v2" + path))
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/vnd.api+json")
            .method(method, body));
  }

  private String exchange(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      if (response.statusCode() >= 300) {
        throw new IllegalStateException(response.uri() + " says " + response.body());
      }
      return response.body();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static JsonNode data(String body) {
    try {
      return JSON.readTree(body).path("data");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
