package io.terrarium.atlas;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;

/// Speaks for the registry: takes whatever is offered, and tells of versions what the test has put
/// there, to who shows the token of the mesh.
final class RegistrySpeaker implements AutoCloseable {
  private static final String VERSIONS = "/v1/module-versions/";

  private final HttpServer server;
  private final Map<String, String> known = new ConcurrentHashMap<>();
  private volatile boolean isUp = true;

  RegistrySpeaker() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::serve);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  URI url() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /// @param root JSON of what stands in the version's root
  /// @param submodules JSON of a list
  void put(Answer version, String root, String submodules) {
    known.put(
        version.id(),
        """
        {"v":1,"module_version_id":"%s","object_id":"o","status":"ok","error":null,"root":%s,
         "submodules":%s}\
        """
            .formatted(version.id(), root, submodules));
  }

  void setUp(boolean isUp) {
    this.isUp = isUp;
  }

  private void serve(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath();
      boolean isOffer = !exchange.getRequestMethod().equals("GET");
      String found = path.startsWith(VERSIONS) ? known.get(path.substring(VERSIONS.length())) : "";
      boolean isKnown =
          Objects.equals(
              exchange.getRequestHeaders().getFirst("Authorization"),
              "Bearer " + Neighbours.INTERNAL_TOKEN.value());
      byte[] body = Objects.requireNonNullElse(found, "").getBytes(StandardCharsets.UTF_8);
      int status = isOffer ? 202 : body.length > 0 ? 200 : 404;
      exchange.getRequestBody().readAllBytes();
      exchange.sendResponseHeaders(
          isUp ? isKnown ? status : 401 : 503, body.length == 0 ? -1 : body.length);
      if (body.length > 0) {
        exchange.getResponseBody().write(body);
      }
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
