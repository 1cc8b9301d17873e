package io.terrarium.atlas.internal;

import io.terrarium.contracts.hop.Flow;
import io.terrarium.kernel.http.Call;
import java.time.Instant;
import java.util.Optional;

/// How a call came here: its flow, and when the router passed it on.
record Arrival(Flow flow, Instant forwardedAt, Instant receivedAt, long bytes) {
  private static final long MILLIS = 1000;

  static Arrival of(Call call, Instant receivedAt) {
    return new Arrival(
        Flow.of(call::header, receivedAt),
        call.header("X-Request-Start").flatMap(Arrival::requestStart).orElse(receivedAt),
        receivedAt,
        Math.max(0, call.contentLength()));
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
