package io.terrarium.embedded;

import io.terrarium.contracts.route.RequestPath;
import io.terrarium.contracts.route.Route;
import io.terrarium.kernel.http.LoggedPath;
import io.terrarium.kernel.log.LogScope;
import io.vertx.core.Future;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.StreamResetException;
import io.vertx.core.net.HostAndPort;
import io.vertx.httpproxy.Body;
import io.vertx.httpproxy.ProxyContext;
import io.vertx.httpproxy.ProxyInterceptor;
import io.vertx.httpproxy.ProxyResponse;
import java.net.ConnectException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// Makes a request ready for the service behind the router, and answers for a service that cannot.
final class ForwardedRequest implements ProxyInterceptor {
  private static final Logger log = LoggerFactory.getLogger(ForwardedRequest.class);

  /// What only the mesh may say: who asks, and to which flow and trace a call belongs. From a
  /// stranger it would write hops into other people's runs.
  private static final List<String> MESH_ONLY_PREFIXES = List.of("x-forwarded-", "x-terrarium-");

  private static final List<String> MESH_ONLY =
      List.of("Forwarded", "X-Real-Ip", "traceparent", "tracestate");
  private static final String FORWARDED_FOR = "X-Forwarded-For";
  private static final String FORWARDED_PROTO = "X-Forwarded-Proto";
  private static final String FORWARDED_HOST = "X-Forwarded-Host";
  private static final String REQUEST_START = "X-Request-Start";

  private static final Set<Integer> BODILESS = Set.of(204, 304);

  private final Function<String, Optional<Route>> table;
  private final boolean trustsCaller;
  private final InstantSource clock;

  ForwardedRequest(
      Function<String, Optional<Route>> table, boolean trustsCaller, InstantSource clock) {
    this.table = table;
    this.trustsCaller = trustsCaller;
    this.clock = clock;
  }

  @Override
  public Future<ProxyResponse> handleProxyRequest(ProxyContext context) {
    HttpServerRequest received = context.request().proxiedRequest();
    setHeaders(context.request().headers(), received);
    HostAndPort authority = received.authority();
    if (authority != null) {
      context.request().setAuthority(authority);
    }
    stripPrefix(context);
    return context.sendRequest().recover(failure -> answerFor(context, failure));
  }

  /// An answer without a body must not be announced as one in chunks, which the proxy would do.
  @Override
  public Future<Void> handleProxyResponse(ProxyContext context) {
    ProxyResponse response = context.response();
    Body body = response.getBody();
    if (BODILESS.contains(response.getStatusCode()) && body != null && body.length() < 0) {
      response.setBody(null);
      body.stream().resume();
    }
    return context.sendResponse();
  }

  private void setHeaders(MultiMap headers, HttpServerRequest received) {
    if (!trustsCaller) {
      List.copyOf(headers.names()).stream()
          .filter(ForwardedRequest::isMeshOnly)
          .forEach(headers::remove);
      MESH_ONLY.forEach(headers::remove);
    }
    String caller = received.remoteAddress().hostAddress();
    String before = headers.get(FORWARDED_FOR);
    headers.set(FORWARDED_FOR, before == null ? caller : before + ", " + caller);
    if (!headers.contains(FORWARDED_PROTO)) {
      headers.set(FORWARDED_PROTO, received.isSSL() ? "https" : "http");
    }
    HostAndPort authority = received.authority();
    if (!headers.contains(FORWARDED_HOST) && authority != null) {
      headers.set(FORWARDED_HOST, authority.toString());
    }
    headers.set(REQUEST_START, requestStart(clock.instant()));
    // The listener has said "continue" already.
    headers.remove(HttpHeaders.EXPECT);
  }

  private static boolean isMeshOnly(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return MESH_ONLY_PREFIXES.stream().anyMatch(name::startsWith);
  }

  private void stripPrefix(ProxyContext context) {
    HttpServerRequest received = context.request().proxiedRequest();
    String path = String.valueOf(received.path());
    table
        .apply(path)
        .filter(Route::stripPrefix)
        .map(route -> route.pathAtService(RequestPath.normalize(path)))
        .ifPresent(stripped ->
            context
                .request()
                .setURI(received.query() == null ? stripped : stripped + "?" + received.query()));
  }

  private Future<ProxyResponse> answerFor(ProxyContext context, Throwable failure) {
    RouterAnswer answer =
        failure instanceof ConnectException || failure instanceof NoUpstream
            ? RouterAnswer.UNAVAILABLE
            : RouterAnswer.BAD_GATEWAY;
    HttpServerRequest received = context.request().proxiedRequest();
    try (LogScope _ = AccessLog.scope(received, trustsCaller)) {
      // Browsers leave in the midst of a request whenever people go on: nobody has to look.
      log.atLevel(failure instanceof StreamResetException ? Level.DEBUG : Level.WARN)
          .addKeyValue("method", received.method().name())
          .addKeyValue("path", LoggedPath.of(String.valueOf(received.path())))
          .addKeyValue("answer", answer)
          .addKeyValue("reason", failure instanceof NoUpstream ? failure.getMessage() : failure)
          .log("service did not answer");
    }
    return Future.succeededFuture(answer.inPlaceOf(context.request()));
  }

  private static String requestStart(Instant now) {
    return "t=%d.%03d".formatted(now.getEpochSecond(), now.getNano() / 1_000_000);
  }

  /// The service of a route has not told yet where it listens.
  static final class NoUpstream extends RuntimeException {
    NoUpstream(String service) {
      super(service + " is not up yet");
    }
  }
}
