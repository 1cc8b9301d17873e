package io.terrarium.core.vcshost;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/// Bodies of webhooks as the documentation of each host has them, without what nobody reads.
final class Payload {
  private Payload() {}

  static String of(String name) {
    try (InputStream file = Payload.class.getResourceAsStream("/vcshost/" + name)) {
      return new String(Objects.requireNonNull(file, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static WebhookRequest request(String header, String event, String body) {
    return new WebhookRequest(
        Map.of(header, event, "Content-Type", "application/json"),
        body.getBytes(StandardCharsets.UTF_8));
  }

  static List<VcsEvent> read(ServiceProvider provider, String header, String event, String body) {
    return provider.host().read(request(header, event, body));
  }
}
