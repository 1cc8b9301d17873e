package io.terrarium.atlas.api.notification;

import io.terrarium.core.notification.NotificationConfiguration;
import io.terrarium.core.notification.NotificationConfiguration.DeliveryResponse;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A notification configuration as clients see it.
final class NotificationConfigurationResource {
  private NotificationConfigurationResource() {}

  /// @param token never shown
  record Attributes(
      boolean enabled,
      String name,
      String url,
      String destinationType,
      @Nullable String token,
      List<String> triggers,
      List<String> emailAddresses,
      List<Response> deliveryResponses,
      Instant createdAt,
      Instant updatedAt) {}

  /// @param code a text, as is `successful`: clients read them so
  record Response(
      String url,
      String body,
      String code,
      Map<String, List<String>> headers,
      Instant sentAt,
      String successful) {
    private static Response of(DeliveryResponse response) {
      return new Response(
          response.url(),
          response.body(),
          response.code(),
          response.headers(),
          response.sentAt(),
          Boolean.toString(response.successful()));
    }
  }

  static Resource of(Shown shown) {
    NotificationConfiguration configuration = shown.configuration();
    NotificationConfiguration.Definition definition = configuration.definition();
    String workspace = configuration.workspaceId().value();
    return new Resource(
        configuration.id().value(),
        "notification-configurations",
        new Attributes(
            definition.enabled(),
            definition.name(),
            definition.url(),
            definition.destination().wire(),
            null,
            definition.triggers(),
            List.of(),
            shown.responses().stream().map(Response::of).toList(),
            configuration.createdAt(),
            configuration.updatedAt()),
        Map.of(
            "subscribable",
            Relationship.one("workspaces", workspace, "/api/v2/workspaces/" + workspace)),
        Map.of("self", "/api/v2/notification-configurations/" + configuration.id()));
  }
}
