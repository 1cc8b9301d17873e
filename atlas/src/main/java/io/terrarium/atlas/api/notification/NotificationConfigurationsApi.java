package io.terrarium.atlas.api.notification;

import io.terrarium.atlas.request.VerificationLimit;
import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.notification.NotificationChanges;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.NotificationConfigurations;
import io.terrarium.core.notification.Subscribable;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;

/// Notification configurations: whom a workspace or a project tells of its runs. Tokens are written
/// only.
public final class NotificationConfigurationsApi {
  private static final String OF_WORKSPACE =
      "/api/v2/workspaces/:workspace_id/notification-configurations";
  private static final String ONE = "/api/v2/notification-configurations/:id";

  private static final String OF_PROJECT =
      "/api/v2/projects/:project_id/notification-configurations";
  // The documents name the type by the first in words, and by the second in their examples.
  private static final Set<String> TYPES =
      Set.of("notification-configuration", "notification-configurations");

  private final NotificationConfigurations configurations;
  private final VerificationLimit limit;

  public NotificationConfigurationsApi(
      NotificationConfigurations configurations, VerificationLimit limit) {
    this.configurations = configurations;
    this.limit = limit;
  }

  public void mount(Api api) {
    api.get(OF_WORKSPACE, call -> list(call, workspace(call)));
    api.post(OF_WORKSPACE, call -> create(call, workspace(call)));
    api.get(OF_PROJECT, call -> list(call, project(call)));
    api.post(OF_PROJECT, call -> create(call, project(call)));
    api.get(ONE, call -> one(200, configurations.find(caller(call), id(call))));
    api.patch(ONE, call -> one(200, configurations.update(caller(call), id(call), changes(call))));
    api.delete(
        ONE,
        call -> {
          configurations.delete(caller(call), id(call));
          return Reply.noContent();
        });
    api.post(ONE + "/actions/verify", call -> knock(call, configurations::verify));
    api.post(ONE + "/actions/enable", call -> knock(call, configurations::enable));
  }

  private Reply create(Call call, Subscribable of) {
    return one(201, configurations.create(caller(call), of, changes(call)));
  }

  /// Asks the receiver. Who may not see the configuration uses nothing up.
  private Reply knock(Call call, BiFunction<Principal, NotificationConfigurationId, Shown> action) {
    configurations.find(caller(call), id(call));
    limit.take(call, id(call));
    return one(200, action.apply(caller(call), id(call)));
  }

  private Reply list(Call call, Subscribable of) {
    Paged<Shown> found = configurations.list(caller(call), of, Page.of(call));
    return Reply.document(
        200, Listing.of(call, found.map(NotificationConfigurationResource::of), List.of()));
  }

  private static Reply one(int status, Shown shown) {
    return Reply.document(status, Document.of(NotificationConfigurationResource.of(shown)));
  }

  private static NotificationChanges changes(Call call) {
    return changes(Incoming.of(call, TYPES));
  }

  /// What is asked for.
  public static NotificationChanges changes(Incoming body) {
    NotificationChanges changes =
        new NotificationChanges(
            body.text("name"),
            body.text("destination-type"),
            body.text("url"),
            body.flag("enabled"),
            body.text("token"),
            body.texts("triggers"));
    body.check();
    return changes;
  }

  private static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  private static Subscribable workspace(Call call) {
    return new Subscribable.OfWorkspace(call.path("workspace_id", WorkspaceId::new));
  }

  private static Subscribable project(Call call) {
    return new Subscribable.OfProject(call.path("project_id", ProjectId::new));
  }

  private static NotificationConfigurationId id(Call call) {
    return call.path("id", NotificationConfigurationId::new);
  }
}
