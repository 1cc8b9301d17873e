package io.terrarium.kernel.http;

import io.terrarium.kernel.log.LogScope;
import io.terrarium.kernel.metrics.Metrics;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.ext.web.Router;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A listening HTTP server with the routes of one service.
public final class HttpService implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(HttpService.class);
  private static final long BODY_BYTES_MAX = 10L * 1024 * 1024;
  private static final long STOP_SECONDS = 10;

  private final Vertx vertx;
  private final String deployment;
  private final int port;
  private final List<Api.Mounted> mounted;

  private HttpService(Vertx vertx, String deployment, int port, List<Api.Mounted> mounted) {
    this.vertx = vertx;
    this.deployment = deployment;
    this.port = port;
    this.mounted = List.copyOf(mounted);
  }

  /// Listens at `address`, port 0 for any, with the routes that `routes` mounts.
  ///
  /// @throws ListenFault when the port cannot be had
  public static HttpService start(
      Vertx vertx, String name, HttpAddress address, Consumer<Api> routes) {
    return start(vertx, name, new Listening(address), routes);
  }

  /// The same, listening in another way.
  ///
  /// @throws ListenFault when the port cannot be had
  public static HttpService start(
      Vertx vertx, String name, Listening listening, Consumer<Api> routes) {
    // Requests come by threads that all services of this process share.
    Map<String, String> speaker = new HashMap<>(LogScope.speaker());
    speaker.put(LogScope.COMPONENT, name);
    Listener listener = new Listener(name, speaker, listening, routes);
    try {
      String deployment =
          vertx
              .deployVerticle(
                  listener,
                  new DeploymentOptions().setThreadingModel(ThreadingModel.VIRTUAL_THREAD))
              .toCompletionStage()
              .toCompletableFuture()
              .join();
      log.atInfo().addKeyValue("service", name).addKeyValue("port", listener.port).log("listening");
      return new HttpService(vertx, deployment, listener.port, listener.mounted);
    } catch (CompletionException e) {
      throw new ListenFault(name, listening.address(), e.getCause() == null ? e : e.getCause());
    }
  }

  public int port() {
    return port;
  }

  /// All routes, in the order in which they were mounted.
  public List<MountedRoute> mounted() {
    return mounted.stream().map(Api.Mounted::route).toList();
  }

  /// Those of them that have a filter of that kind before their endpoint.
  public List<MountedRoute> mountedBehind(Class<? extends Filter> filter) {
    return mounted.stream()
        .filter(one -> one.filters().stream().anyMatch(filter::isInstance))
        .map(Api.Mounted::route)
        .toList();
  }

  @Override
  public void close() {
    vertx
        .undeploy(deployment)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
        .exceptionally(e -> {
          log.atWarn().setCause(e).log("http server did not stop cleanly");
          return null;
        })
        .join();
  }

  private static final class Listener extends VerticleBase {
    private final String name;
    private final Map<String, String> speaker;
    private final Listening listening;
    private final Consumer<Api> routes;
    private final List<Api.Mounted> mounted = new ArrayList<>();
    private int port;

    Listener(String name, Map<String, String> speaker, Listening listening, Consumer<Api> routes) {
      this.name = name;
      this.speaker = speaker;
      this.listening = listening;
      this.routes = routes;
    }

    @Override
    public Future<?> start() {
      Router router = Router.router(vertx);
      ReplyWriter writer =
          new ReplyWriter(speaker, new RouteMeter.Source(name, listening.metrics()));
      listening.metrics().ifPresent(metrics -> measure(metrics, api(router, writer, List.of())));
      Api api = api(router, writer, listening.filters());
      routes.accept(api);
      api.mountRest();
      Future<HttpServer> started =
          vertx
              .createHttpServer(options())
              .requestHandler(router)
              .listen(listening.address().port(), listening.address().host());
      return started.onSuccess(server -> port = server.actualPort());
    }

    private Api api(Router router, ReplyWriter writer, List<Filter> filters) {
      return new Api(router, writer, BODY_BYTES_MAX, filters, mounted);
    }

    private void measure(Metrics metrics, Api api) {
      metrics.serves(name);
      new MetricsRoutes(metrics).mount(api);
    }

    private HttpServerOptions options() {
      HttpServerOptions options =
          new HttpServerOptions()
              .setHandle100ContinueAutomatically(true)
              .setMaxInitialLineLength(16 * 1024)
              .setTcpNoDelay(true);
      listening.certificate().ifPresent(certificate -> secure(options, certificate));
      return options;
    }

    private static void secure(HttpServerOptions options, Listening.Certificate certificate) {
      options
          .setSsl(true)
          .setKeyCertOptions(
              new PemKeyCertOptions()
                  .setCertPath(certificate.chain().toString())
                  .setKeyPath(certificate.key().toString()));
    }
  }
}
