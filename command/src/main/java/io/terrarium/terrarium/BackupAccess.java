package io.terrarium.terrarium;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;

/// Backup and restore of a mesh, as this command uses them.
final class BackupAccess {
  private static final String BOUNDARY = "----terrarium-snapshot";
  private static final Duration CONNECT = Duration.ofSeconds(30);

  /// Until the first byte of a backup.
  private static final Duration BEGUN = Duration.ofMinutes(10);

  /// Until all of a snapshot is sent and restored.
  private static final Duration RESTORED = Duration.ofHours(24);

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();
  private final URI base;
  private final Secret token;

  BackupAccess(URI base, Secret token) {
    this.base = base;
    this.token = token;
  }

  /// The snapshot as it comes; whole only when it can be read to its end.
  InputStream backUp(Secret password) {
    HttpResponse<InputStream> answer =
        send(
            request("backup", BEGUN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(config(password))));
    if (answer.statusCode() != 200) {
      throw new MeshFault("the mesh refuses: " + detail(answer));
    }
    return answer.body();
  }

  void restore(Secret password, InputStream snapshot) {
    HttpRequest.BodyPublisher form =
        HttpRequest.BodyPublishers.concat(
            text(head("config") + config(password) + "\r\n" + head("snapshot")),
            HttpRequest.BodyPublishers.ofInputStream(() -> snapshot),
            text("\r\n--" + BOUNDARY + "--\r\n"));
    HttpResponse<InputStream> answer =
        send(
            request("restore", RESTORED)
                .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                .POST(form));
    if (answer.statusCode() != 200) {
      throw new MeshFault("the mesh refuses: " + detail(answer));
    }
  }

  private HttpRequest.Builder request(String action, Duration timeout) {
    return HttpRequest.newBuilder(URI.create(base + "/_backup/api/v1/" + action))
        .timeout(timeout)
        .header("Authorization", "Bearer " + token.value());
  }

  private HttpResponse<InputStream> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
    } catch (IOException e) {
      throw new MeshFault(base + " does not answer: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new MeshFault("interrupted", e);
    }
  }

  private static String detail(HttpResponse<InputStream> answer) {
    try (InputStream body = answer.body()) {
      JsonNode error = Json.SNAKE.readTree(body).path("errors").path(0);
      return error.path("detail").asText("status " + answer.statusCode());
    } catch (IOException e) {
      return "status " + answer.statusCode();
    }
  }

  private static String config(Secret password) {
    try {
      return Json.SNAKE.writeValueAsString(Map.of("password", password.value()));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map is always JSON", e);
    }
  }

  private static String head(String field) {
    return "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"" + field + "\"\r\n\r\n";
  }

  private static HttpRequest.BodyPublisher text(String text) {
    return HttpRequest.BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8));
  }
}
