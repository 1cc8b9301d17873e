package io.terrarium.atlas.api.notification;

import io.terrarium.contracts.id.NotificationConfigurationId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.notification.NotificationChanges;
import io.terrarium.core.notification.NotificationConfiguration.Shown;
import io.terrarium.core.notification.NotificationConfigurations;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;

/// Notification configurations: whom a workspace tells of its runs. Tokens are written only.
public final class NotificationConfigurationsApi {
  private static final String OF_WORKSPACE =
      "/api/v2/workspaces/:workspace_id/notification-configurations";
  private static final String ONE = "/api/v2/notification-configurations/:id";

  private final NotificationConfigurations configurations;

  public NotificationConfigurationsApi(NotificationConfigurations configurations) {
    this.configurations = configurations;
  }

  public void mount(Api api) {
    api.get(OF_WORKSPACE, this::list);
    api.post(
        OF_WORKSPACE,
        call -> one(201, configurations.create(caller(call), workspace(call), changes(call))));
    api.get(ONE, call -> one(200, configurations.find(caller(call), id(call))));
    api.patch(ONE, call -> one(200, configurations.update(caller(call), id(call), changes(call))));
    api.delete(
        ONE,
        call -> {
          configurations.delete(caller(call), id(call));
          return Reply.noContent();
        });
    api.post(
        ONE + "/actions/verify", call -> one(200, configurations.verify(caller(call), id(call))));
    api.post(
        ONE + "/actions/enable", call -> one(200, configurations.enable(caller(call), id(call))));
  }

  private Reply list(Call call) {
    Paged<Shown> found = configurations.list(caller(call), workspace(call), Page.of(call));
    return Reply.document(
        200, Listing.of(call, found.map(NotificationConfigurationResource::of), List.of()));
  }

  private static Reply one(int status, Shown shown) {
    return Reply.document(status, Document.of(NotificationConfigurationResource.of(shown)));
  }

  private static NotificationChanges changes(Call call) {
    Incoming body = Incoming.of(call, "notification-configurations");
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

  private static WorkspaceId workspace(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }

  private static NotificationConfigurationId id(Call call) {
    return call.path("id", NotificationConfigurationId::new);
  }
}
