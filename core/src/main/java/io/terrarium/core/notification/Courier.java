package io.terrarium.core.notification;

import io.terrarium.core.notification.NotificationConfiguration.DeliveryResponse;
import io.terrarium.kernel.Secret;
import io.terrarium.kernel.client.OutboundClient;
import io.terrarium.kernel.crypto.Mac;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Brings one notification to its receiver, once, by way of the outbound proxy.
final class Courier {
  private static final String SIGNATURE = "X-TFE-Notification-Signature";
  private static final int HEADERS_MAX = 50;
  private static final int HEADER_CHARACTERS_MAX = 1_000;

  private final OutboundClient outside;
  private final Payload payload;
  private final Clock clock;

  Courier(OutboundClient outside, Payload payload, Clock clock) {
    this.outside = outside;
    this.payload = payload;
    this.clock = clock;
  }

  /// @param isHopeless another try would end the same way
  record Attempt(DeliveryResponse response, boolean isHopeless) {}

  /// @param token signs the body, if there is one
  /// @param flow what the delivery belongs to, as headers
  Attempt bring(
      NotificationConfiguration to,
      Optional<Secret> token,
      Notice notice,
      Map<String, String> flow) {
    String body = payload.of(to, notice);
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/json");
    headers.put("User-Agent", "TFC/1.0 (Terrarium)");
    if (to.definition().destination() == DestinationType.GENERIC) {
      token.ifPresent(
          key -> headers.put(SIGNATURE, HexFormat.of().formatHex(Mac.sha512(key).sign(body))));
    }
    Instant sent = clock.instant();
    String url = to.definition().url();
    return switch (outside.post(
        URI.create(url), body.getBytes(StandardCharsets.UTF_8), headers, flow)) {
      case OutboundClient.Answered answer ->
          new Attempt(
              new DeliveryResponse(
                  url,
                  text(answer.body()),
                  Integer.toString(answer.status()),
                  headers(answer.headers()),
                  sent,
                  answer.isGood()),
              false);
      case OutboundClient.Failed(String reason, boolean isRefused) ->
          new Attempt(
              new DeliveryResponse(url, storable(reason), "", Map.of(), sent, false), isRefused);
    };
  }

  private static String text(byte[] bytes) {
    return storable(new String(bytes, StandardCharsets.UTF_8));
  }

  /// PostgreSQL keeps no NUL.
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  private static Map<String, List<String>> headers(Map<String, List<String>> all) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    all.entrySet().stream()
        .limit(HEADERS_MAX)
        .forEach(header ->
            kept.put(
                cut(header.getKey()),
                header.getValue().stream().limit(HEADERS_MAX).map(Courier::cut).toList()));
    return kept;
  }

  private static String cut(String text) {
    return storable(
        text.length() <= HEADER_CHARACTERS_MAX ? text : text.substring(0, HEADER_CHARACTERS_MAX));
  }
}
