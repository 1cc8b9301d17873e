package io.terrarium.buildworker.engine;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Objects and logs over HTTP as archivist has them, for builds without a mesh.
final class Mesh implements AutoCloseable {
  private final HttpServer server;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private boolean isLogEnded;

  Mesh() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext("/object/", this::object);
    server.createContext("/log", this::append);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  void put(String name, byte[] content) {
    objects.put("/object/" + name, content);
  }

  byte[] get(String name) {
    return objects.getOrDefault("/object/" + name, new byte[0]);
  }

  synchronized void startLog() {
    log.reset();
    isLogEnded = false;
  }

  synchronized String log() {
    return log.toString(StandardCharsets.UTF_8);
  }

  synchronized boolean isLogEnded() {
    return isLogEnded;
  }

  private void object(HttpExchange exchange) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("PUT")) {
      objects.put(path, exchange.getRequestBody().readAllBytes());
      answer(exchange, 200, "{}".getBytes(StandardCharsets.UTF_8));
      return;
    }
    byte[] content = objects.get(path);
    answer(exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
  }

  private void append(HttpExchange exchange) throws IOException {
    byte[] piece = exchange.getRequestBody().readAllBytes();
    String query = String.valueOf(exchange.getRequestURI().getQuery());
    int status = 200;
    String position;
    synchronized (this) {
      if (query.contains("offset=") || query.contains("end=1")) {
        long offset =
            query.contains("offset=")
                ? Long.parseLong(query.replaceAll(".*offset=(\\d+).*", "$1"))
                : log.size();
        if (offset == log.size()) {
          log.writeBytes(piece);
          isLogEnded |= query.contains("end=1");
        } else {
          status = 409;
        }
      }
      position = "{\"length\":" + log.size() + ",\"ended\":" + isLogEnded + "}";
    }
    answer(exchange, status, position.getBytes(StandardCharsets.UTF_8));
  }

  private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
