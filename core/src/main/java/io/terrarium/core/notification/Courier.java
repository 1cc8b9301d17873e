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
  // Of all headers together: the last answers are kept, and come with each list.
  private static final int HEADER_CHARACTERS_MAX = 8_192;
  private static final int REASON_CHARACTERS_MAX = 1_000;

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
          new Attempt(new DeliveryResponse(url, cut(reason), "", Map.of(), sent, false), isRefused);
    };
  }

  private static String text(byte[] bytes) {
    return storable(new String(bytes, StandardCharsets.UTF_8));
  }

  /// PostgreSQL keeps no NUL.
  private static String storable(String text) {
    return text.replace('\0', '\uFFFD');
  }

  /// As many as there is room for.
  private static Map<String, List<String>> headers(Map<String, List<String>> all) {
    Map<String, List<String>> kept = new LinkedHashMap<>();
    int room = HEADER_CHARACTERS_MAX;
    for (Map.Entry<String, List<String>> header : all.entrySet()) {
      int size =
          header.getKey().length() + header.getValue().stream().mapToInt(String::length).sum();
      if (size <= room) {
        kept.put(
            storable(header.getKey()), header.getValue().stream().map(Courier::storable).toList());
        room -= size;
      }
    }
    return kept;
  }

  private static String cut(String text) {
    return storable(
        text.length() <= REASON_CHARACTERS_MAX ? text : text.substring(0, REASON_CHARACTERS_MAX));
  }
}
