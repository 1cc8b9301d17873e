package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminWorkspace;
import io.terrarium.core.admin.AdminWorkspaceFilter;
import io.terrarium.core.admin.AdminWorkspaceFilter.Sort;
import io.terrarium.core.admin.AdminWorkspaces;
import io.terrarium.core.admin.Counted;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;

/// All workspaces, for site admins.
final class AdminWorkspacesApi {
  private static final String ALL = "/api/v2/admin/workspaces";
  private static final String ONE = ALL + "/:workspace_id";

  private final AdminWorkspaces workspaces;
  private final Includes<AdminWorkspace> includes;

  AdminWorkspacesApi(AdminWorkspaces workspaces, Includes<AdminWorkspace> includes) {
    this.workspaces = workspaces;
    this.includes = includes;
  }

  void mount(Api api) {
    api.get(ALL, this::list);
    api.get(ONE, this::show);
    api.delete(ONE, this::delete);
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    List<String> wanted = includes.wanted(call);
    AdminWorkspaceFilter filter =
        new AdminWorkspaceFilter(
            AdminQuery.text(call, "q"),
            call.queryList("filter[current_run][status]"),
            AdminQuery.text(call, "sort").map(AdminWorkspacesApi::sort).orElse(Sort.NAME));
    Counted<AdminWorkspace> found = workspaces.list(caller, filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(
                call,
                found.page().map(AdminWorkspaceResource::of),
                includes.of(caller, found.page().items(), wanted))
            .withMeta("status-counts", found.statusCounts()));
  }

  private static Sort sort(String text) {
    return Sort.of(text)
        .orElseThrow(() ->
            new Fault.BadRequest(
                "sort must be name or current-run.created-at, or one of them after a hyphen."));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    AdminWorkspace found = workspaces.find(caller, id(call));
    return Reply.document(
        200,
        Document.of(
            AdminWorkspaceResource.of(found),
            includes.of(caller, List.of(found), includes.wanted(call))));
  }

  private Reply delete(Call call) {
    workspaces.delete(call.get(Principal.class), id(call));
    return Reply.noContent();
  }

  private static WorkspaceId id(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }
}
