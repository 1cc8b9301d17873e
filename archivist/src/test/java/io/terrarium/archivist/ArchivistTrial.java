package io.terrarium.archivist;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.runtime.Service;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/// An archivist among real servers, and a client that signs its own paths.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArchivistTrial {
  private static final Secret INTERNAL = new Secret("internal token");
  private static final Secret SIGNING = new Secret("archivist token");
  private static final SignedPaths PATHS = new SignedPaths(List.of(Mac.sha256(SIGNING)));
  static final Clock CLOCK = Clock.systemUTC();

  final ConcurrentLinkedQueue<ObjectStored> told = new ConcurrentLinkedQueue<>();
  final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  @TempDir static Path directory;
  ArchivistServers servers;
  private HttpService atlas;
  private Service archivist;

  @BeforeAll
  void start() {
    servers = new ArchivistServers(directory.resolve("data"));
    atlas =
        HttpService.start(
            servers.platform().vertx(),
            "atlas of the test",
            HttpAddress.loopback(0),
            api -> {
              api.post(InternalApi.OBJECTS, call -> take(call.json(ObjectStored.class)));
              api.post(InternalApi.HOPS, _ -> Reply.noContent());
            });
    archivist =
        Archivist.start(
            new ArchivistConfig(
                HttpAddress.loopback(0),
                List.of(SIGNING),
                servers.objects(),
                servers.redis(),
                servers.transit(),
                URI.create("http://127.0.0.1:" + atlas.port()),
                INTERNAL),
            servers.platform());
  }

  private Reply take(ObjectStored stored) {
    if (stored.id().equals("cv-unwanted")) {
      throw new Fault.Conflict("not wanted");
    }
    told.add(stored);
    return Reply.noContent();
  }

  @AfterAll
  void stop() {
    http.close();
    archivist.close();
    atlas.close();
    servers.close();
  }

  String path(Action action, String key, int attempt) {
    return path(new ObjectClaims(action, key, inAnHour(), 1L << 30, attempt, null));
  }

  String path(ObjectClaims claims) {
    return PATHS.sign(claims);
  }

  long inAnHour() {
    return CLOCK.instant().plus(Duration.ofHours(1)).getEpochSecond();
  }

  HttpRequest.Builder to(String path) {
    return to(archivist.port(), path);
  }

  HttpRequest.Builder to(int port, String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path));
  }

  HttpResponse<byte[]> send(HttpRequest.Builder request) throws Exception {
    return http.send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
  }

  HttpResponse<byte[]> put(String path, byte[] bytes) throws Exception {
    return send(to(path).PUT(HttpRequest.BodyPublishers.ofByteArray(bytes)));
  }

  /// For an archivist in a process of its own.
  Map<String, String> settings() {
    Map<String, String> settings = servers.variables();
    settings.put("TERRARIUM_ARCHIVIST_PORT", "0");
    settings.put("TERRARIUM_ARCHIVIST_TOKEN", SIGNING.value());
    settings.put("TERRARIUM_INTERNAL_API_TOKEN", INTERNAL.value());
    settings.put("TERRARIUM_ROUTER_INTERNAL_URL", "http://127.0.0.1:" + atlas.port());
    return settings;
  }
}
