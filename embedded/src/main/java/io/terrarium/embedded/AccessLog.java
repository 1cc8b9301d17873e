package io.terrarium.embedded;

import io.terrarium.contracts.hop.FlowLog;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.http.LoggedPath;
import io.terrarium.kernel.http.RequestId;
import io.terrarium.kernel.log.LogScope;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/// One line for each request, without anything that opens a door: no query, no signed path, no
/// webhook's token. What the services say to each other every few seconds is only worth a line when
/// it goes wrong.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  private AccessLog() {}

  static void watch(HttpServerRequest request, boolean trustsCaller) {
    long begun = System.nanoTime();
    request.response().endHandler(_ -> write(request, trustsCaller, begun, "sent"));
    request
        .response()
        .closeHandler(_ -> {
          if (!request.response().ended()) {
            write(request, trustsCaller, begun, "aborted");
          }
        });
  }

  private static void write(
      HttpServerRequest request, boolean trustsCaller, long begun, String outcome) {
    boolean isGood = request.response().getStatusCode() / 100 == 2;
    Level level =
        isGood && InternalApi.isPulse(String.valueOf(request.path())) ? Level.DEBUG : Level.INFO;
    try (LogScope _ = scope(request, trustsCaller)) {
      log.atLevel(level)
          .addKeyValue("method", request.method().name())
          .addKeyValue("path", LoggedPath.of(String.valueOf(request.path())))
          .addKeyValue("status", request.response().getStatusCode())
          .addKeyValue("outcome", outcome)
          .addKeyValue("bytes_received", request.bytesRead())
          .addKeyValue("bytes_sent", request.response().bytesWritten())
          .addKeyValue("duration_ms", Duration.ofNanos(System.nanoTime() - begun).toMillis())
          .log("request routed");
    }
  }

  /// What is known of a request. A stranger may name a run by its path alone, since what only the
  /// mesh may say goes no further either.
  static LogScope scope(HttpServerRequest request, boolean trustsCaller) {
    Function<String, Optional<String>> headers =
        trustsCaller ? name -> Optional.ofNullable(request.getHeader(name)) : _ -> Optional.empty();
    Map<String, String> fields = FlowLog.of(headers, String.valueOf(request.path()));
    fields.put(LogScope.COMPONENT, "router");
    fields.put(LogScope.REQUEST_ID, String.valueOf(request.getHeader(RequestId.HEADER)));
    return LogScope.open(fields);
  }
}
