package io.terrarium.gitserver;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpExchange;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.json.Json;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.LocalServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;

/// Somebody whom webhooks call.
final class Receiver implements AutoCloseable {
  static final String SECRET = "signs what the lab tells";

  private final LocalServer server = LocalServer.start(this::answer);
  private final List<Heard> heard = new CopyOnWriteArrayList<>();
  private volatile int status = 200;

  /// One call.
  record Heard(String path, String event, String delivery, String signature, String body) {
    JsonNode json() {
      try {
        return Json.SNAKE.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String text(String pointer) {
      return json().at(pointer).asText();
    }

    boolean isSigned() {
      return signature.equals(HexFormat.of().formatHex(Mac.sha256(new Secret(SECRET)).sign(body)));
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    heard.add(
        new Heard(
            exchange.getRequestURI().getPath(),
            header(exchange, "X-Gitea-Event"),
            header(exchange, "X-Gitea-Delivery"),
            header(exchange, "X-Gitea-Signature"),
            body));
    LocalServer.answer(exchange, status, "");
  }

  private static String header(HttpExchange exchange, String name) {
    return Objects.requireNonNullElse(exchange.getRequestHeaders().getFirst(name), "");
  }

  /// What it answers from now on.
  void answers(int with) {
    status = with;
  }

  /// Its address for one repository.
  String url(String repository) {
    return server.address() + "/" + repository;
  }

  List<Heard> heard(String repository) {
    return heard.stream().filter(one -> one.path().equals("/" + repository)).toList();
  }

  /// Waits for so many calls, and gives out the last one.
  Heard await(String repository, int count) {
    Eventually.until(
        () -> count + " calls; there were " + heard(repository),
        () -> heard(repository).size() >= count);
    return heard(repository).get(count - 1);
  }

  @Override
  public void close() {
    server.close();
  }
}
