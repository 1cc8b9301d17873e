package io.terrarium.embedded;

import io.terrarium.contracts.route.Route;
import io.terrarium.contracts.route.Routes;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.httpproxy.HttpProxy;
import io.vertx.httpproxy.OriginRequestProvider;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyOptions;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The mesh's one door, in the place of nginx: public over HTTPS and HTTP, internal over HTTP.
///
/// Bodies stream both ways, a slow reader slows its writer. Services come and go: what is not there
/// answers 503 until it is.
public final class EmbeddedRouter implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(EmbeddedRouter.class);
  private static final int CONNECTIONS_PER_SERVICE_MAX = 1024;
  private static final int LINE_BYTES_MAX = 16 * 1024;
  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(3);
  private static final Duration SILENCE_LIMIT = Duration.ofMinutes(10);
  private static final Duration STOP_LIMIT = Duration.ofSeconds(10);

  private final Vertx vertx;
  private final HttpClientAgent client;
  private final Map<String, URI> upstreams;
  private final InstantSource clock;
  private final RouterListener https;
  private final RouterListener http;
  private final RouterListener internal;
  private final AtomicBoolean closed = new AtomicBoolean();

  private EmbeddedRouter(
      Vertx vertx, RouterConfig config, Map<String, URI> upstreams, InstantSource clock) {
    this.vertx = vertx;
    this.upstreams = upstreams;
    this.clock = clock;
    this.client =
        vertx
            .httpClientBuilder()
            .with(
                new HttpClientOptions()
                    .setConnectTimeout((int) CONNECT_LIMIT.toMillis())
                    .setIdleTimeout((int) SILENCE_LIMIT.toSeconds())
                    .setMaxHeaderSize(LINE_BYTES_MAX))
            .with(new PoolOptions().setHttp1MaxSize(CONNECTIONS_PER_SERVICE_MAX))
            .build();
    this.https = listener(secure(options(config.httpsPort()), config), Routes::ofPublic, false);
    this.http = listener(options(config.httpPort()), Routes::ofPublic, false);
    this.internal = listener(options(config.internalPort()), Routes::ofInternal, true);
  }

  /// Opens the three listeners. `upstreams` says where each service is; it may be filled later.
  public static EmbeddedRouter start(
      Vertx vertx, RouterConfig config, Map<String, URI> upstreams, InstantSource clock) {
    EmbeddedRouter router = new EmbeddedRouter(vertx, config, upstreams, clock);
    try {
      router.listen(router.https, config.httpsPort(), "--https-port");
      router.listen(router.http, config.httpPort(), "--http-port");
      router.listen(router.internal, config.internalPort(), "--internal-port");
      return router;
    } catch (RuntimeException e) {
      router.close();
      throw e;
    }
  }

  public int httpsPort() {
    return https.port();
  }

  public int httpPort() {
    return http.port();
  }

  public int internalPort() {
    return internal.port();
  }

  public URI internalUri() {
    return URI.create("http://%s:%d".formatted(Loopback.HOST, internalPort()));
  }

  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    Future.join(stop(https), stop(http), stop(internal))
        .eventually(client::close)
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(STOP_LIMIT.toSeconds(), TimeUnit.SECONDS)
        .exceptionally(e -> {
          log.atWarn().setCause(e).log("router did not stop cleanly");
          return null;
        })
        .join();
  }

  private void listen(RouterListener listener, int port, String flag) {
    try {
      vertx.deployVerticle(listener).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new EmbeddedFault(
          "port %d is not free on %s: stop the program that uses it or choose another with %s"
              .formatted(port, Loopback.HOST, flag),
          e);
    }
  }

  private Future<?> stop(RouterListener listener) {
    return listener.isDeployed() ? vertx.undeploy(listener.deployment()) : Future.succeededFuture();
  }

  private RouterListener listener(
      HttpServerOptions options, Function<String, Optional<Route>> table, boolean trustsCaller) {
    HttpProxy proxy =
        HttpProxy.reverseProxy(new ProxyOptions().setSupportWebSocket(false), client)
            .origin(OriginRequestProvider.selector(context -> upstream(context, table)))
            .addInterceptor(new ForwardedRequest(table, trustsCaller, clock));
    return new RouterListener(options, table, proxy, trustsCaller);
  }

  private Future<SocketAddress> upstream(
      ProxyContext context, Function<String, Optional<Route>> table) {
    String service =
        table
            .apply(String.valueOf(context.request().proxiedRequest().path()))
            .map(Route::service)
            .orElse("no service");
    URI address = upstreams.get(service);
    return address == null
        ? Future.failedFuture(new ForwardedRequest.NoUpstream(service))
        : Future.succeededFuture(
            SocketAddress.inetSocketAddress(address.getPort(), address.getHost()));
  }

  // HTTP/1.1 alone: the proxy takes no uploads of unknown length over HTTP/2.
  private static HttpServerOptions options(int port) {
    return new HttpServerOptions()
        .setUseAlpn(false)
        .setHttp2ClearTextEnabled(false)
        .setHost(Loopback.HOST)
        .setPort(port)
        .setHandle100ContinueAutomatically(true)
        .setMaxInitialLineLength(LINE_BYTES_MAX)
        .setMaxHeaderSize(LINE_BYTES_MAX)
        .setTcpNoDelay(true);
  }

  private static HttpServerOptions secure(HttpServerOptions options, RouterConfig config) {
    return options
        .setSsl(true)
        .setKeyCertOptions(
            new PemKeyCertOptions()
                .setCertPath(config.certificate().toString())
                .setKeyPath(config.certificateKey().toString()));
  }
}
