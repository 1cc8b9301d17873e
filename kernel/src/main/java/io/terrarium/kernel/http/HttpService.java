package io.terrarium.kernel.http;

import io.terrarium.kernel.log.LogScope;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.ThreadingModel;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
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
    return start(vertx, name, address, List.of(), routes);
  }

  /// The same with filters before everything, what no route takes included.
  public static HttpService start(
      Vertx vertx, String name, HttpAddress address, List<Filter> filters, Consumer<Api> routes) {
    // Requests come by threads that all services of this process share.
    Map<String, String> speaker = new HashMap<>(LogScope.speaker());
    speaker.put(LogScope.COMPONENT, name);
    Listener listener = new Listener(speaker, address, filters, routes);
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
      throw new ListenFault(name, address, e.getCause() == null ? e : e.getCause());
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
    private final Map<String, String> speaker;
    private final HttpAddress address;
    private final List<Filter> filters;
    private final Consumer<Api> routes;
    private final List<Api.Mounted> mounted = new ArrayList<>();
    private int port;

    Listener(
        Map<String, String> speaker,
        HttpAddress address,
        List<Filter> filters,
        Consumer<Api> routes) {
      this.speaker = speaker;
      this.address = address;
      this.filters = filters;
      this.routes = routes;
    }

    @Override
    public Future<?> start() {
      Router router = Router.router(vertx);
      Api api = new Api(router, new ReplyWriter(speaker), BODY_BYTES_MAX, filters, mounted);
      routes.accept(api);
      api.mountRest();
      HttpServerOptions options =
          new HttpServerOptions()
              .setHandle100ContinueAutomatically(true)
              .setMaxInitialLineLength(16 * 1024)
              .setTcpNoDelay(true);
      Future<HttpServer> listening =
          vertx
              .createHttpServer(options)
              .requestHandler(router)
              .listen(address.port(), address.host());
      return listening.onSuccess(server -> port = server.actualPort());
    }
  }
}
