package io.terrarium.atlas.api.notification;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.notification.NotificationConfiguration;
import io.terrarium.core.notification.NotificationConfiguration.DeliveryResponse;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.Subscribable;
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
        Map.of("subscribable", subscribable(configuration.subscribable())),
        Map.of("self", "/api/v2/notification-configurations/" + configuration.id()));
  }

  private static Relationship subscribable(Subscribable of) {
    return switch (of) {
      case Subscribable.OfWorkspace(WorkspaceId id) ->
          Relationship.one("workspaces", id.value(), "/api/v2/workspaces/" + id);
      case Subscribable.OfProject(ProjectId id) ->
          Relationship.one("projects", id.value(), "/api/v2/projects/" + id);
    };
  }
}
