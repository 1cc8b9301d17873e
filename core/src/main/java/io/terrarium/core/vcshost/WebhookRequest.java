package io.terrarium.core.vcshost;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// What came to a webhook.
///
/// @param headers by name, whatever its case; those of [#HEADERS] are enough
public record WebhookRequest(Map<String, String> headers, byte[] body) {
  /// All headers that any host is read by.
  public static final List<String> HEADERS =
      List.of(
          "Content-Type",
          "X-GitHub-Event",
          "X-GitHub-Delivery",
          "X-Hub-Signature-256",
          "X-Gitlab-Event",
          "X-Gitlab-Token",
          "Idempotency-Key",
          "X-Event-Key",
          "X-Hub-Signature",
          "X-Request-UUID",
          "X-Request-Id",
          "X-Gitea-Event",
          "X-Gitea-Signature",
          "X-Gitea-Delivery",
          "X-Forgejo-Event",
          "X-Forgejo-Signature",
          "X-Forgejo-Delivery");

  public WebhookRequest {
    Map<String, String> ofAnyCase = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    ofAnyCase.putAll(headers);
    headers = Collections.unmodifiableMap(ofAnyCase);
  }

  /// The first of these that is there.
  Optional<String> header(String... names) {
    for (String name : names) {
      String value = headers.get(name);
      if (value != null) {
        return Optional.of(value);
      }
    }
    return Optional.empty();
  }
}
