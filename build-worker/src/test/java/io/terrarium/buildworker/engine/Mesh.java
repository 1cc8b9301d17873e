package io.terrarium.buildworker.engine;

import com.sun.net.httpserver.HttpExchange;
import io.terrarium.testsupport.LocalServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.zip.GZIPInputStream;

/// Objects and logs over HTTP as archivist has them, for builds without a mesh.
final class Mesh implements AutoCloseable {
  private final LocalServer server;
  private final Map<String, byte[]> objects = new ConcurrentHashMap<>();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private boolean isLogEnded;

  Mesh() {
    server =
        LocalServer.start(exchange -> {
          if (exchange.getRequestURI().getPath().startsWith("/log")) {
            append(exchange);
          } else {
            object(exchange);
          }
        });
  }

  URI address() {
    return server.address();
  }

  void put(String name, byte[] content) {
    objects.put("/object/" + name, content);
  }

  byte[] get(String name) {
    return objects.getOrDefault("/object/" + name, new byte[0]);
  }

  /// The same of what was sent compressed, as readers see it.
  byte[] inflated(String name) throws IOException {
    try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(get(name)))) {
      return in.readAllBytes();
    }
  }

  /// From now on nobody takes this object.
  void refuse(String name) {
    refused.add("/object/" + name);
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
      byte[] content = exchange.getRequestBody().readAllBytes();
      if (refused.contains(path)) {
        LocalServer.answer(exchange, 409, "{}");
        return;
      }
      objects.put(path, content);
      LocalServer.answer(exchange, 200, "{}");
      return;
    }
    byte[] content = objects.get(path);
    LocalServer.answer(
        exchange, content == null ? 404 : 200, content == null ? new byte[0] : content);
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
    LocalServer.answer(exchange, status, position);
  }

  @Override
  public void close() {
    server.close();
  }
}
