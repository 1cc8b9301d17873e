package io.terrarium.atlas.api.workspace;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.WorkspaceLocks;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Workspaces: create, read, list, update, delete, lock.
public final class WorkspacesApi {
  private static final String OF_ORGANIZATION = "/api/v2/organizations/:organization/workspaces";
  private static final String BY_NAME = OF_ORGANIZATION + "/:workspace";
  private static final String BY_ID = "/api/v2/workspaces/:workspace_id";

  private static final String TAG_BINDINGS = "/data/relationships/tag-bindings/data";

  private final Workspaces workspaces;
  private final WorkspaceLocks locks;
  private final Includes<Visible> includes;
  private final PublicAddress publicAddress;

  /// @param includes what `include` may ask for beside a workspace
  public WorkspacesApi(
      Workspaces workspaces,
      WorkspaceLocks locks,
      Includes<Visible> includes,
      PublicAddress publicAddress) {
    this.workspaces = workspaces;
    this.locks = locks;
    this.includes = includes;
    this.publicAddress = publicAddress;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    mountOne(api, BY_NAME, WorkspacesApi::byName);
    mountOne(api, BY_ID, WorkspacesApi::byId);
    api.post(BY_ID + "/actions/lock", this::lock);
    api.post(BY_ID + "/actions/unlock", this::unlock);
    api.post(BY_ID + "/actions/force-unlock", this::forceUnlock);
  }

  /// For `include=workspace` of other resources.
  public static List<Resource> resources(
      Workspaces workspaces, PublicAddress address, Principal caller, List<WorkspaceId> ids) {
    return workspaces.findAll(caller, ids).stream()
        .map(found -> WorkspaceResource.of(found, address))
        .toList();
  }

  private void mountOne(Api api, String path, Function<Call, Address> address) {
    api.get(path, call -> show(call, address.apply(call)));
    api.patch(path, call -> update(call, address.apply(call)));
    api.delete(
        path,
        call -> {
          workspaces.delete(call.get(Principal.class), address.apply(call));
          return Reply.noContent();
        });
    api.post(
        path + "/actions/safe-delete",
        call -> {
          workspaces.safeDelete(call.get(Principal.class), address.apply(call));
          return Reply.noContent();
        });
  }

  private Reply list(Call call) {
    List<String> wanted = includes.wanted(call);
    Principal caller = call.get(Principal.class);
    Paged<Visible> found =
        workspaces.list(
            caller, call.path("organization"), WorkspaceRequests.filter(call), Page.of(call));
    return Reply.document(
        200,
        Listing.of(call, found.map(this::resource), includes.of(caller, found.items(), wanted)));
  }

  private Reply create(Call call) {
    Incoming body = Incoming.of(call, "workspaces");
    Visible created =
        workspaces.create(
            call.get(Principal.class),
            call.path("organization"),
            WorkspaceRequests.changes(body, false),
            WorkspaceRequests.origin(body));
    return Reply.document(201, Document.of(resource(created)));
  }

  private Reply show(Call call, Address address) {
    List<String> wanted = includes.wanted(call);
    Principal caller = call.get(Principal.class);
    Visible found = workspaces.find(caller, address);
    return Reply.document(
        200, Document.of(resource(found), includes.of(caller, List.of(found), wanted)));
  }

  private Reply update(Call call, Address address) {
    Incoming body = Incoming.of(call, "workspaces");
    boolean replacesTags = call.tree().map(tree -> tree.at(TAG_BINDINGS).isArray()).orElse(false);
    return shown(
        workspaces.update(
            call.get(Principal.class), address, WorkspaceRequests.changes(body, replacesTags)));
  }

  /// The reason is plain JSON, or an attribute; or there is none.
  private Reply lock(Call call) {
    Optional<String> reason =
        call.tree()
            .map(body -> body.path("reason").asText(body.at("/data/attributes/reason").asText("")))
            .filter(text -> !text.isBlank());
    return shown(locks.lock(call.get(Principal.class), id(call), reason));
  }

  private Reply unlock(Call call) {
    return shown(locks.unlock(call.get(Principal.class), id(call)));
  }

  private Reply forceUnlock(Call call) {
    return shown(locks.forceUnlock(call.get(Principal.class), id(call)));
  }

  private Reply shown(Visible visible) {
    return Reply.document(200, Document.of(resource(visible)));
  }

  private Resource resource(Visible visible) {
    return WorkspaceResource.of(visible, publicAddress);
  }

  private static Address byName(Call call) {
    return new Address.ByName(call.path("organization"), call.path("workspace"));
  }

  private static Address byId(Call call) {
    return new Address.ById(id(call));
  }

  private static WorkspaceId id(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }
}
