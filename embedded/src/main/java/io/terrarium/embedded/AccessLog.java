package io.terrarium.embedded;

import io.terrarium.kernel.http.LoggedPath;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One line for each request, without anything that opens a door: no query, no signed path, no
/// webhook's token.
final class AccessLog {
  private static final Logger log = LoggerFactory.getLogger(AccessLog.class);

  private AccessLog() {}

  static void watch(HttpServerRequest request) {
    long begun = System.nanoTime();
    request.response().endHandler(_ -> write(request, begun, "sent"));
    request
        .response()
        .closeHandler(_ -> {
          if (!request.response().ended()) {
            write(request, begun, "aborted");
          }
        });
  }

  private static void write(HttpServerRequest request, long begun, String outcome) {
    log.atInfo()
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
