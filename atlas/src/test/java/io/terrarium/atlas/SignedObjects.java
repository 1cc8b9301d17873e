package io.terrarium.atlas;

import io.terrarium.contracts.archivist.SignedPaths;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/// Puts and gets what stands behind signed addresses, straight at archivist.
final class SignedObjects {
  private final HttpClient http;
  private final URI archivist;

  SignedObjects(HttpClient http, URI archivist) {
    this.http = http;
    this.archivist = archivist;
  }

  int put(String address, String text) {
    return send(request(address).PUT(HttpRequest.BodyPublishers.ofString(text))).statusCode();
  }

  String get(String address) {
    return new String(send(request(address)).body(), StandardCharsets.UTF_8);
  }

  private HttpRequest.Builder request(String address) {
    String path = address.substring(address.indexOf(SignedPaths.PREFIX));
    return HttpRequest.newBuilder(URI.create(archivist + path));
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    }
  }
}
