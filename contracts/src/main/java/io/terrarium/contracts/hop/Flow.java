package io.terrarium.contracts.hop;

import io.terrarium.kernel.json.Json;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The flow that a call or message belongs to, as it travels in headers.
///
/// @param id such as `run-…`
/// @param phase `plan` or `apply`, "" elsewhere
/// @param from who sent it
/// @param sentAt when
/// @param traceparent W3C trace context, if there is one
public record Flow(
    String id, String phase, String from, Instant sentAt, @Nullable String traceparent) {
  /// A time further off is no clock's of ours. It may be one that no database stores, and would
  /// take the other hops of its batch with it; nothing but a duration that is shown hangs on it.
  private static final Duration TRAVEL_MAX = Duration.ofDays(1);

  /// What came, by a function that finds a header; `receivedAt` stands in for a time that is
  /// missing or absurd.
  public static Flow of(Function<String, Optional<String>> header, Instant receivedAt) {
    return new Flow(
        header.apply(FlowHeaders.FLOW).orElse(""),
        header.apply(FlowHeaders.PHASE).orElse(""),
        header.apply(FlowHeaders.FROM).orElse("unknown"),
        header
            .apply(FlowHeaders.SENT_AT)
            .flatMap(text -> instant(text, receivedAt))
            .orElse(receivedAt),
        header.apply(FlowHeaders.TRACEPARENT).orElse(null));
  }

  /// The same flow, sent on by `sender` now.
  public Flow on(String sender, Instant now) {
    return new Flow(id, phase, sender, now, traceparent);
  }

  /// The same way of `flow`'s `ofPhase`, for those who know it better than the headers.
  public Flow named(String flow, String ofPhase) {
    return new Flow(flow, ofPhase, from, sentAt, traceparent);
  }

  public Map<String, String> headers() {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put(FlowHeaders.FLOW, id);
    headers.put(FlowHeaders.PHASE, phase);
    headers.put(FlowHeaders.FROM, from);
    headers.put(FlowHeaders.SENT_AT, Json.format(sentAt));
    if (traceparent != null) {
      headers.put(FlowHeaders.TRACEPARENT, traceparent);
    }
    return headers;
  }

  /// The hop that ends with `to`.
  public Hop hop(
      int step, String name, String to, Medium medium, Instant receivedAt, Instant doneAt) {
    return new Hop(
        Hop.VERSION,
        id,
        traceparent,
        step,
        name,
        phase,
        from,
        to,
        medium,
        sentAt,
        receivedAt,
        doneAt,
        1,
        "ok",
        0,
        Map.of(),
        null);
  }

  private static Optional<Instant> instant(String text, Instant receivedAt) {
    try {
      return Optional.of(Instant.parse(text)).filter(sentAt -> isNear(sentAt, receivedAt));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static boolean isNear(Instant sentAt, Instant receivedAt) {
    return Duration.between(sentAt, receivedAt).abs().compareTo(TRAVEL_MAX) <= 0;
  }
}
