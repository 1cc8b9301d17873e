package io.terrarium.operations.backup;

import io.terrarium.kernel.Secret;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Calls backup and restore as `curl` does.
final class BackupClient {
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  private HttpRequest.Builder to(URI base, String action, Optional<Secret> token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(base + "/_backup/api/v1/" + action));
    token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret.value()));
    return request;
  }

  HttpResponse<byte[]> backUp(Installation from, String body) {
    return backUp(from.operations(), Optional.of(from.token()), body);
  }

  HttpResponse<byte[]> backUp(URI base, Optional<Secret> token, String body) {
    return send(
        to(base, "backup", token).POST(HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<InputStream> stream(Installation from, String body) {
    return send(
        to(from.operations(), "backup", Optional.of(from.token()))
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofInputStream());
  }

  byte[] snapshot(Installation from, String password) {
    HttpResponse<byte[]> answer = backUp(from, config(password));
    if (answer.statusCode() != 200) {
      throw new AssertionError(new String(answer.body(), StandardCharsets.UTF_8));
    }
    return answer.body();
  }

  HttpResponse<String> restore(Installation into, String password, byte[] snapshot) {
    return restore(into, Optional.of(into.token()), password, snapshot);
  }

  HttpResponse<String> restore(
      Installation into, Optional<Secret> token, String password, byte[] snapshot) {
    return send(
        to(into.operations(), "restore", token)
            .header("Content-Type", "multipart/form-data; boundary=----of-the-test")
            .POST(HttpRequest.BodyPublishers.ofByteArray(form(config(password), snapshot)))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }

  static String config(String password) {
    return "{\"password\":\"" + password + "\"}";
  }

  private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) {
    try {
      return http.send(request, body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] form(String config, byte[] snapshot) {
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    form.writeBytes(head("config"));
    form.writeBytes(config.getBytes(StandardCharsets.UTF_8));
    form.writeBytes("\r\n".getBytes(StandardCharsets.UTF_8));
    form.writeBytes(head("snapshot"));
    form.writeBytes(snapshot);
    form.writeBytes("\r\n------of-the-test--\r\n".getBytes(StandardCharsets.UTF_8));
    return form.toByteArray();
  }

  private static byte[] head(String name) {
    return ("------of-the-test\r\nContent-Disposition: form-data; name=\""
            + name
            + "\"; filename=\"f\"\r\nContent-Type: application/octet-stream\r\n\r\n")
        .getBytes(StandardCharsets.UTF_8);
  }
}
