package io.terrarium.embedded;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/// A service behind the router that does as the test says.
final class FakeService implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  private FakeService(HttpServer server) {
    this.server = server;
  }

  static FakeService start(HttpHandler handler) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress(Loopback.address(), 0), 0);
    FakeService service = new FakeService(server);
    server.createContext("/", handler);
    server.setExecutor(service.threads);
    server.start();
    return service;
  }

  /// Answers with what was asked for and by whom, a line for each.
  static FakeService thatTellsWhatItGot() throws IOException {
    return start(exchange -> {
      StringBuilder told = new StringBuilder();
      told.append(exchange.getRequestMethod())
          .append(' ')
          .append(exchange.getRequestURI())
          .append('\n');
      exchange
          .getRequestHeaders()
          .forEach((name, values) -> told.append(name + ": " + values + "\n"));
      answer(exchange, 200, told.toString());
    });
  }

  static void answer(HttpExchange exchange, int status, String text) throws IOException {
    try (InputStream body = exchange.getRequestBody()) {
      body.transferTo(OutputStream.nullOutputStream());
    }
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }

  URI uri() {
    return URI.create("http://%s:%d".formatted(Loopback.HOST, server.getAddress().getPort()));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
