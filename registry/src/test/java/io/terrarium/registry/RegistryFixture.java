package io.terrarium.registry;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.contracts.registry.ModuleExtracted;
import io.terrarium.contracts.registry.ModuleVersionOffer;
import io.terrarium.contracts.route.Routes;
import io.terrarium.embedded.DataDirectory;
import io.terrarium.embedded.EmbeddedPostgres;
import io.terrarium.embedded.EmbeddedRouter;
import io.terrarium.embedded.LocalCertificates;
import io.terrarium.embedded.RouterConfig;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Parts;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.testsupport.Eventually;
import io.terrarium.testsupport.FreePorts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// The registry's two programs on a PostgreSQL and behind the router, among neighbours of the test.
final class RegistryFixture implements AutoCloseable {
  private static final AtomicInteger NUMBER = new AtomicInteger();

  private final Parts parts = new Parts("registry of a test");
  private final EmbeddedPostgres postgres;
  private final Platform platform;
  private final LocalCertificates certificates;
  private final EmbeddedRouter router;
  private final Service api;
  private final int workerPort = FreePorts.any();
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  final Neighbours neighbours;

  RegistryFixture(Path directory) {
    DataDirectory data = parts.add(DataDirectory.open(directory.resolve("data")));
    postgres = parts.add(EmbeddedPostgres.start(data));
    platform = parts.add(Platform.start());
    neighbours = parts.add(new Neighbours(platform));
    certificates = LocalCertificates.ensure(data, List.of(), Clock.systemUTC());
    Map<String, URI> upstreams = new ConcurrentHashMap<>();
    router =
        parts.add(
            EmbeddedRouter.start(
                platform.vertx(),
                new RouterConfig(0, 0, 0, certificates.server(), certificates.serverKey()),
                upstreams,
                Clock.systemUTC()));
    RegistryMigrations.migrate(database());
    api = parts.add(RegistryApi.start(apiConfig(), platform));
    upstreams.put(Routes.ATLAS, neighbours.address());
    upstreams.put(Routes.ARCHIVIST, neighbours.address());
    upstreams.put(Routes.REGISTRY_API, URI.create("http://127.0.0.1:" + api.port()));
    parts.add(http::shutdownNow);
  }

  DatabaseConfig database() {
    return new DatabaseConfig(postgres.jdbcUrl(), postgres.username(), postgres.password(), 3);
  }

  private RegistryApiConfig apiConfig() {
    return new RegistryApiConfig(
        HttpAddress.loopback(0),
        database(),
        Neighbours.SIGNING,
        router.internalUri(),
        Neighbours.INTERNAL,
        URI.create("http://127.0.0.1:" + workerPort));
  }

  /// At the port that the API knows.
  Service startWorker() {
    return RegistryWorker.start(
        new RegistryWorkerConfig(
            HttpAddress.loopback(workerPort),
            database(),
            Neighbours.SIGNING,
            router.internalUri(),
            Neighbours.INTERNAL),
        platform);
  }

  record Answer(int status, String body, Map<String, List<String>> headers) {
    JsonNode json() {
      try {
        return Json.SNAKE.readTree(body);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    String header(String name) {
      return headers.getOrDefault(name, List.of("")).getFirst();
    }
  }

  /// A version whose slug archivist has.
  ModuleVersionOffer offer(String name, String version, byte[] slug) {
    String id = ModuleVersionId.PREFIX + NUMBER.incrementAndGet();
    String object = "module-versions/" + id + "/slug";
    neighbours.objects.put(object, slug);
    return new ModuleVersionOffer(
        ModuleVersionOffer.VERSION,
        new ModuleVersionId(id),
        Neighbours.ACME,
        name,
        "aws",
        version,
        object,
        Instant.parse("2026-01-02T03:04:05.678Z"),
        "https://git.example.com/acme/terraform-aws-" + name);
  }

  /// Offers a version; gives back what atlas is told of it in the end.
  ModuleExtracted publish(ModuleVersionOffer offer) {
    int before = neighbours.told(offer.moduleVersionId()).size();
    Answer answer = post(InternalApi.MODULE_VERSIONS, offer);
    if (answer.status() != 202) {
      throw new AssertionError("the offer was answered " + answer);
    }
    Eventually.until(
        "atlas is told of " + offer.moduleVersionId(),
        () -> neighbours.told(offer.moduleVersionId()).size() > before);
    return neighbours.told(offer.moduleVersionId()).getLast();
  }

  /// To the API itself, as atlas does.
  Answer post(String path, Object body) {
    try {
      return send(
          HttpRequest.newBuilder(direct(path))
              .header("Authorization", "Bearer " + Neighbours.INTERNAL.value())
              .header("x-terrarium-flow", "modver-flow")
              .header("x-terrarium-phase", "availability")
              .header("x-terrarium-from", "atlas")
              .POST(HttpRequest.BodyPublishers.ofByteArray(Json.SNAKE.writeValueAsBytes(body))));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Answer internal(String method, String path, String id) {
    return send(
        HttpRequest.newBuilder(direct(InternalApi.at(path, id)))
            .header("Authorization", "Bearer " + Neighbours.INTERNAL.value())
            .method(method, HttpRequest.BodyPublishers.noBody()));
  }

  URI direct(String path) {
    return URI.create("http://127.0.0.1:" + api.port() + path);
  }

  /// Through the public listener, as a client does.
  Answer get(String path, String token) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + router.httpPort() + path));
    return send(token.isEmpty() ? request : request.header("Authorization", "Bearer " + token));
  }

  Answer get(String path) {
    return get(path, Neighbours.READER);
  }

  Answer send(HttpRequest.Builder request) {
    try {
      HttpResponse<String> response =
          http.send(request.build(), HttpResponse.BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response.headers().map());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  /// The public host, as sources of modules and providers name it.
  String host() {
    return "127.0.0.1:" + router.httpsPort();
  }

  URI internalUri() {
    return router.internalUri();
  }

  Path caBundle() {
    return certificates.bundle();
  }

  @Override
  public void close() {
    parts.close();
  }
}
