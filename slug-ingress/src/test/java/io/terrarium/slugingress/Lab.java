package io.terrarium.slugingress;

import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.contracts.hop.FlowHeaders;
import io.terrarium.contracts.ingress.Changes;
import io.terrarium.contracts.ingress.ChangesRequest;
import io.terrarium.contracts.ingress.GitLogin;
import io.terrarium.contracts.ingress.GitRemote;
import io.terrarium.contracts.ingress.GitRevision;
import io.terrarium.contracts.ingress.Ingested;
import io.terrarium.contracts.ingress.IngressFailure;
import io.terrarium.contracts.ingress.IngressRequest;
import io.terrarium.contracts.ingress.Refs;
import io.terrarium.contracts.ingress.RefsRequest;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.HttpAddress;
import io.terrarium.kernel.http.HttpService;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.runtime.Platform;
import io.terrarium.kernel.runtime.Service;
import io.terrarium.kernel.settings.Env;
import io.terrarium.outboundproxy.OutboundProxy;
import io.terrarium.outboundproxy.OutboundProxyConfig;
import io.terrarium.testsupport.GitServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// slug-ingress with a real Git server, the real outbound proxy, and one HTTP server that stands
/// for archivist and for atlas.
final class Lab implements AutoCloseable {
  static final String TOKEN = "internal token of the test";
  static final String REFUSED = "refused";
  static final String GONE = "gone";

  private final HttpClient http = HttpClient.newHttpClient();
  private final Map<String, byte[]> stored = new ConcurrentHashMap<>();
  private final List<String> hops = new CopyOnWriteArrayList<>();
  private final AtomicInteger names = new AtomicInteger();
  private final Platform platform = Platform.start();
  private final Path directory;
  private final HttpService archivist;
  private final OutboundProxy proxy;
  private final Service ingress;
  private final GitServer git;

  /// @param settings beside those that every one of these needs
  Lab(Path directory, Map<String, String> settings) {
    this.directory = directory;
    git = GitServer.start(made(directory.resolve("repositories")));
    archivist =
        HttpService.start(
            platform.vertx(),
            "archivist of the test",
            HttpAddress.loopback(0),
            api -> {
              api.put(SignedPaths.PREFIX + ":token", this::store);
              api.post(InternalApi.HOPS, this::hear);
            });
    String router = "http://127.0.0.1:" + archivist.port();
    Map<String, String> all =
        new LinkedHashMap<>(
            Map.of(
                "TERRARIUM_OUTBOUND_ALLOW",
                "127.0.0.1/32",
                "TERRARIUM_OUTBOUND_PROXY_PORT",
                "0",
                "TERRARIUM_ROUTER_INTERNAL_URL",
                router,
                "TERRARIUM_INTERNAL_API_TOKEN",
                TOKEN,
                "TERRARIUM_SLUG_INGRESS_PORT",
                "0",
                "TERRARIUM_SLUG_INGRESS_DIRECTORY",
                work().toString()));
    all.putAll(settings);
    proxy = OutboundProxy.start(OutboundProxyConfig.from(Env.of(all)), platform);
    all.putIfAbsent("TERRARIUM_OUTBOUND_PROXY_URL", "http://127.0.0.1:" + proxy.port());
    Env env = Env.of(all);
    SlugIngressConfig config = SlugIngressConfig.from(env);
    env.check();
    ingress = SlugIngress.start(config, platform);
  }

  private static Path made(Path path) {
    try {
      return Files.createDirectories(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Reply store(Call call) throws IOException {
    byte[] body = call.bodyStream().readAllBytes();
    return switch (call.path("token")) {
      case REFUSED -> Reply.text(409, "no such configuration version");
      case GONE -> Reply.text(503, "the store is away");
      default -> {
        stored.put(call.path("token"), body);
        yield Reply.of(200);
      }
    };
  }

  private Reply hear(Call call) {
    call.tree()
        .orElseThrow()
        .forEach(hop ->
            hops.add(
                "%s %s -> %s: %s"
                    .formatted(
                        hop.path("name").asText(),
                        hop.path("from").asText(),
                        hop.path("to").asText(),
                        hop.path("outcome").asText())));
    return Reply.noContent();
  }

  GitServer git() {
    return git;
  }

  /// Where slug-ingress works.
  Path work() {
    return directory.resolve("work");
  }

  /// `name from -> to: outcome` of each that was reported.
  List<String> hops() {
    return hops;
  }

  int port() {
    return ingress.port();
  }

  Slug slug(GitRevision revision, String url) {
    return slug(revision, new GitRemote(url, null), false);
  }

  /// What is stored of a repository.
  Slug slug(GitRevision revision, GitRemote remote, boolean submodules) {
    return slug(revision, remote, "", submodules);
  }

  /// The same of one directory.
  Slug slug(GitRevision revision, String url, String directory) {
    return slug(revision, new GitRemote(url, null), directory, false);
  }

  private Slug slug(GitRevision revision, GitRemote remote, String directory, boolean submodules) {
    String name = "slug" + names.incrementAndGet();
    HttpResponse<byte[]> answer = ingress(remote, revision, directory, submodules, List.of(name));
    if (answer.statusCode() != 200) {
      throw new AssertionError(answer.statusCode() + " " + text(answer));
    }
    return new Slug(read(answer, Ingested.class), stored(name));
  }

  byte[] stored(String name) {
    byte[] bytes = stored.get(name);
    if (bytes == null) {
      throw new AssertionError("nothing is stored as " + name);
    }
    return bytes;
  }

  /// Why there is none.
  IngressFailure failure(GitRevision revision, GitRemote remote, boolean submodules) {
    return failure(ingress(remote, revision, submodules, List.of("never")));
  }

  IngressFailure failure(GitRevision revision, String url, String directory) {
    return failure(ingress(new GitRemote(url, null), revision, directory, false, List.of("never")));
  }

  IngressFailure failure(GitRevision revision, String url) {
    return failure(revision, url, "");
  }

  private static IngressFailure failure(HttpResponse<byte[]> answer) {
    if (answer.statusCode() != 422) {
      throw new AssertionError(answer.statusCode() + " " + text(answer));
    }
    return read(answer, IngressFailure.class);
  }

  HttpResponse<byte[]> ingress(
      GitRemote remote, GitRevision revision, boolean submodules, List<String> names) {
    return ingress(remote, revision, "", submodules, names);
  }

  private HttpResponse<byte[]> ingress(
      GitRemote remote,
      GitRevision revision,
      String directory,
      boolean submodules,
      List<String> names) {
    return post(
        InternalApi.INGRESS,
        TOKEN,
        new IngressRequest(
            IngressRequest.VERSION,
            remote,
            revision,
            directory,
            submodules,
            names.stream().map(name -> SignedPaths.PREFIX + name).toList()));
  }

  Refs refs(String url) {
    return read(
        post(InternalApi.REFS, TOKEN, new RefsRequest(RefsRequest.VERSION, remote(url))),
        Refs.class);
  }

  Changes changes(String url, String base, String head) {
    return read(
        post(
            InternalApi.CHANGES,
            TOKEN,
            new ChangesRequest(ChangesRequest.VERSION, remote(url), base, head)),
        Changes.class);
  }

  static GitRemote remote(String url) {
    return new GitRemote(url, null);
  }

  static GitRemote withPassword(String url, String user, String password) {
    return new GitRemote(url, new GitLogin(user, password, null));
  }

  static GitRemote withKey(String url, @Nullable String key) {
    return new GitRemote(url, new GitLogin(null, null, key));
  }

  static GitRevision branch(String name) {
    return new GitRevision(name, null, null);
  }

  static GitRevision tag(String name) {
    return new GitRevision(null, name, null);
  }

  static GitRevision commit(String sha) {
    return new GitRevision(null, null, sha);
  }

  HttpResponse<byte[]> post(String path, String token, Object body) {
    try {
      HttpRequest request =
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
              .header("Authorization", "Bearer " + token)
              .header("Content-Type", "application/json")
              .header(FlowHeaders.FLOW, "cv-1")
              .header(FlowHeaders.FROM, "sidekiq-worker")
              .POST(HttpRequest.BodyPublishers.ofByteArray(Json.SNAKE.writeValueAsBytes(body)))
              .build();
      return http.send(request, HttpResponse.BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("interrupted", e);
    }
  }

  private static String text(HttpResponse<byte[]> answer) {
    return new String(answer.body(), StandardCharsets.UTF_8);
  }

  static <T> T read(HttpResponse<byte[]> answer, Class<T> type) {
    try {
      return Json.SNAKE.readValue(answer.body(), type);
    } catch (IOException e) {
      throw new AssertionError(answer.statusCode() + " " + text(answer), e);
    }
  }

  @Override
  public void close() {
    ingress.close();
    proxy.close();
    archivist.close();
    git.close();
    http.close();
    platform.close();
  }
}
