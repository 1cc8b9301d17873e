package io.terrarium.atlas.internal;

import io.terrarium.contracts.hop.FlowHeaders;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.hop.Medium;
import io.terrarium.kernel.http.Call;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a call came here: what its headers say of its flow and its times.
///
/// @param forwardedAt when the router passed it on
record Arrival(
    String flow,
    String phase,
    String from,
    @Nullable String traceparent,
    Instant sentAt,
    Instant forwardedAt,
    Instant receivedAt,
    long bytes) {
  private static final long MILLIS = 1000;

  static Arrival of(Call call, Instant receivedAt) {
    Instant sentAt = call.header(FlowHeaders.SENT_AT).flatMap(Arrival::instant).orElse(receivedAt);
    return new Arrival(
        call.header(FlowHeaders.FLOW).orElse(""),
        call.header(FlowHeaders.PHASE).orElse(""),
        call.header(FlowHeaders.FROM).orElse("unknown"),
        call.header(FlowHeaders.TRACEPARENT).orElse(null),
        sentAt,
        call.header("X-Request-Start").flatMap(Arrival::requestStart).orElse(receivedAt),
        receivedAt,
        Math.max(0, call.contentLength()));
  }

  Hop hop(int step, String name, String to, Instant doneAt, int attempt) {
    return new Hop(
        Hop.VERSION,
        flow,
        traceparent,
        step,
        name,
        phase,
        from,
        to,
        Medium.HTTP,
        sentAt,
        receivedAt,
        doneAt,
        attempt,
        "ok",
        bytes,
        Map.of());
  }

  private static Optional<Instant> instant(String text) {
    try {
      return Optional.of(Instant.parse(text));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  /// `t=<seconds>.<millis>`, as nginx and our router write it.
  private static Optional<Instant> requestStart(String text) {
    try {
      double seconds = Double.parseDouble(text.replaceFirst("^t=", ""));
      return Optional.of(Instant.ofEpochMilli(Math.round(seconds * MILLIS)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}
