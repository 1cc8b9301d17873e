package io.terrarium.gitserver.delivery;

import io.terrarium.gitserver.hook.Hook;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.tls.Trust;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HexFormat;

/// Calls webhooks, once each time, with Gitea's headers.
final class Caller implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofSeconds(20);

  private final HttpClient http;

  /// @param trust whose certificates are believed, the mesh's own among them
  Caller(Trust trust) {
    http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(LIMIT)
            .followRedirects(HttpClient.Redirect.NEVER)
            .sslContext(trust.context())
            .build();
  }

  /// What came of a call.
  ///
  /// @param status 0 where there was no answer
  record Answer(int status, String words) {
    boolean isGood() {
      return status >= 200 && status < 300;
    }

    /// The receiver has heard it and does not want it; most who say so will say it again.
    boolean isRefusal() {
      return status >= 400 && status < 500 && status != 408 && status != 425 && status != 429;
    }
  }

  Answer call(Hook hook, Delivery delivery) throws InterruptedException {
    try {
      int status =
          http.send(request(hook, delivery), HttpResponse.BodyHandlers.discarding()).statusCode();
      return new Answer(status, "it answered " + status);
    } catch (IOException e) {
      return new Answer(0, "no answer: " + Trust.plain(e.toString()));
    }
  }

  private static HttpRequest request(Hook hook, Delivery delivery) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(hook.config().url()))
            .timeout(LIMIT)
            .header("Content-Type", "application/json")
            .header("User-Agent", "Terrarium-Git-Server")
            .header("X-Gitea-Event", delivery.event())
            .header("X-Gitea-Event-Type", delivery.detail())
            .header("X-Gitea-Delivery", delivery.id())
            .POST(HttpRequest.BodyPublishers.ofString(delivery.body()));
    String secret = hook.config().secret();
    if (!secret.isEmpty()) {
      String signature =
          HexFormat.of().formatHex(Mac.sha256(new Secret(secret)).sign(delivery.body()));
      request
          .header("X-Gitea-Signature", signature)
          .header("X-Hub-Signature-256", "sha256=" + signature);
    }
    return request.build();
  }

  @Override
  public void close() {
    http.shutdownNow();
  }
}
