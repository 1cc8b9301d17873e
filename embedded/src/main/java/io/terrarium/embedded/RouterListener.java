package io.terrarium.embedded;

import io.terrarium.contracts.route.Route;
import io.terrarium.kernel.http.RequestId;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.httpproxy.HttpProxy;
import java.util.Optional;
import java.util.function.Function;

/// One listening port of the router, and what may be reached through it.
final class RouterListener extends VerticleBase {
  private final HttpServerOptions options;
  private final Function<String, Optional<Route>> table;
  private final HttpProxy proxy;
  private final boolean trustsCaller;
  private volatile int port;

  RouterListener(
      HttpServerOptions options,
      Function<String, Optional<Route>> table,
      HttpProxy proxy,
      boolean trustsCaller) {
    this.options = options;
    this.table = table;
    this.proxy = proxy;
    this.trustsCaller = trustsCaller;
  }

  int port() {
    return port;
  }

  boolean isDeployed() {
    return port > 0;
  }

  String deployment() {
    return deploymentID();
  }

  @Override
  public Future<?> start() {
    return vertx
        .createHttpServer(options)
        .requestHandler(this::route)
        .listen()
        .onSuccess(server -> port = server.actualPort());
  }

  private void route(HttpServerRequest request) {
    Optional<String> named = Optional.ofNullable(request.getHeader(RequestId.HEADER));
    request.headers().set(RequestId.HEADER, RequestId.of(named));
    AccessLog.watch(request, trustsCaller);
    if (table.apply(String.valueOf(request.path())).isEmpty()) {
      RouterAnswer.NOT_FOUND.send(request);
    } else {
      proxy.handle(request);
    }
  }
}
