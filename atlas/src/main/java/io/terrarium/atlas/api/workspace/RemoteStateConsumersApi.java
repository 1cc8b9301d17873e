package io.terrarium.atlas.api.workspace;

import io.terrarium.atlas.api.Identifiers;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.RemoteStateConsumers;
import io.terrarium.core.workspace.Visible;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Endpoint;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;

/// Whose runs may read the state of a workspace.
public final class RemoteStateConsumersApi {
  private static final String PATH =
      "/api/v2/workspaces/:workspace_id/relationships/remote-state-consumers";

  private final RemoteStateConsumers consumers;
  private final PublicAddress address;

  public RemoteStateConsumersApi(RemoteStateConsumers consumers, PublicAddress address) {
    this.consumers = consumers;
    this.address = address;
  }

  public void mount(Api api) {
    api.get(PATH, this::list);
    api.post(PATH, changing(consumers::add));
    api.patch(PATH, changing(consumers::replace));
    api.delete(PATH, changing(consumers::remove));
  }

  private Reply list(Call call) {
    boolean isConfiguredOnly =
        call.query("show_only_configured").map(Boolean::parseBoolean).orElse(false);
    Paged<Visible> found =
        consumers.list(call.get(Principal.class), id(call), isConfiguredOnly, Page.of(call));
    return Reply.document(
        200, Listing.of(call, found.map(one -> WorkspaceResource.of(one, address))));
  }

  @FunctionalInterface
  private interface Change {
    void of(Principal caller, WorkspaceId workspace, List<WorkspaceId> consumers);
  }

  private static Endpoint changing(Change change) {
    return call -> {
      change.of(call.get(Principal.class), id(call), named(call));
      return Reply.noContent();
    };
  }

  private static List<WorkspaceId> named(Call call) {
    return Identifiers.of(call, "workspaces").stream().map(WorkspaceId::new).toList();
  }

  private static WorkspaceId id(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }
}
