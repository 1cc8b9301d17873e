package io.terrarium.core.vcshost;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/// Stands for the outbound proxy and, behind it, for whatever host a request is for. Answers what
/// the test has said, word for word, and 404 to all else.
final class FakeHost implements AutoCloseable {
  static final Secret TOKEN = new Secret("token-of-the-test");
  static final int BODY_BYTES_MAX = 100_000;

  private final HttpServer server;
  private final OutboundClient outside;
  private final Map<String, Told> answers = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  private record Told(int status, Map<String, String> headers, String body) {}

  /// A request as the proxy got it.
  record Asked(String method, String url, Headers headers, String body) {
    String line() {
      return method + " " + url;
    }

    JsonNode json() {
      try {
        return Json.SNAKE.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  FakeHost() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.start();
    outside =
        new OutboundClient(
            URI.create("http://127.0.0.1:" + server.getAddress().getPort()),
            Duration.ofSeconds(20),
            BODY_BYTES_MAX);
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
      Asked request =
          new Asked(
              exchange.getRequestMethod(),
              exchange.getRequestURI().toString(),
              exchange.getRequestHeaders(),
              body);
      asked.add(request);
      Told told =
          answers.getOrDefault(
              request.line(), new Told(404, Map.of(), "{\"message\": \"Not Found\"}"));
      told.headers().forEach(exchange.getResponseHeaders()::set);
      byte[] bytes = told.body().getBytes(StandardCharsets.UTF_8);
      exchange.sendResponseHeaders(told.status(), bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }

  /// @param request method and whole address
  FakeHost answers(String request, int status, String body) {
    return answers(request, status, Map.of(), body);
  }

  FakeHost answers(String request, int status, Map<String, String> headers, String body) {
    answers.put(request, new Told(status, headers, body));
    return this;
  }

  HostConnection connection(String httpUrl, String apiUrl) {
    return connection(httpUrl, apiUrl, TOKEN);
  }

  HostConnection connection(String httpUrl, String apiUrl, Secret token) {
    return new HostConnection(line(httpUrl, apiUrl), token);
  }

  HostLine line(String httpUrl, String apiUrl) {
    return new HostLine(
        outside,
        new HostAddress(URI.create(httpUrl), URI.create(apiUrl)),
        Map.of("x-terrarium-flow", "run-1"));
  }

  List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  /// The newest request.
  Asked last() {
    return asked.getLast();
  }

  void dies() {
    server.stop(0);
  }

  @Override
  public void close() {
    outside.close();
    server.stop(0);
  }
}
