package io.terrarium.core.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Whom a workspace, or a project, tells of its runs.
public record NotificationConfiguration(
    long key,
    NotificationConfigurationId id,
    Subscribable subscribable,
    Definition definition,
    @Nullable String tokenCiphertext,
    Instant createdAt,
    Instant updatedAt) {

  /// What people set of it.
  public record Definition(
      String name,
      DestinationType destination,
      String url,
      boolean enabled,
      List<String> triggers) {
    public Definition {
      triggers = List.copyOf(triggers);
    }

    Definition enabledNow() {
      return new Definition(name, destination, url, true, triggers);
    }
  }

  /// What a receiver has answered once.
  ///
  /// @param body its beginning, or why there is none
  /// @param code the status, "" without an answer
  public record DeliveryResponse(
      String url,
      String body,
      String code,
      Map<String, List<String>> headers,
      Instant sentAt,
      boolean successful) {
    public DeliveryResponse {
      headers = Map.copyOf(headers);
    }
  }

  /// With the last answers of its receiver, the newest first.
  public record Shown(NotificationConfiguration configuration, List<DeliveryResponse> responses) {
    public Shown {
      responses = List.copyOf(responses);
    }
  }
}
