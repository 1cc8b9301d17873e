package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import javax.net.ssl.SSLException;

/// The mesh's API, as this command uses it.
final class ApiAccess {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final URI base;
  private final String token;

  ApiAccess(URI base, String token) {
    this.base = base;
    this.token = token;
  }

  record Answer(int status, String body) {
    JsonNode json() {
      try {
        return Json.SNAKE.readTree(body);
      } catch (IOException e) {
        throw new MeshFault("the mesh answered what is no JSON", e);
      }
    }

    /// What the answer says went wrong.
    String problem() {
      JsonNode error = json().path("errors").path(0);
      return status + " " + error.path("detail").asText(error.path("title").asText(body));
    }
  }

  Answer get(String path) {
    return send(request(path).GET());
  }

  Answer post(String path, String body) {
    return send(request(path).POST(HttpRequest.BodyPublishers.ofString(body)));
  }

  Answer patch(String path, String body) {
    return send(request(path).method("PATCH", HttpRequest.BodyPublishers.ofString(body)));
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json");
    if (!token.isEmpty()) {
      request.header("Authorization", "Bearer " + token);
    }
    return request;
  }

  private Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body());
    } catch (SSLException e) {
      throw new MeshFault(
          "the certificate or TLS of "
              + base
              + " is not accepted ("
              + e.getMessage()
              + "); name the plain address that `up` printed",
          e);
    } catch (HttpTimeoutException e) {
      throw new MeshFault(
          base + " does not answer within " + TIMEOUT.toSeconds() + " s; is it a mesh?", e);
    } catch (IOException e) {
      throw new MeshFault("no mesh answers at " + base + "; is it up?", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }
}
