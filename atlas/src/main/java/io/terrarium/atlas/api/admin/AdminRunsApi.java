package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.run.ActionComment;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminRun;
import io.terrarium.core.admin.AdminRunFilter;
import io.terrarium.core.admin.AdminRuns;
import io.terrarium.core.admin.Counted;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;

/// All runs, for site admins.
final class AdminRunsApi {
  private static final String ALL = "/api/v2/admin/runs";

  private final AdminRuns runs;
  private final Includes<AdminRun> includes;

  AdminRunsApi(AdminRuns runs, Includes<AdminRun> includes) {
    this.runs = runs;
    this.includes = includes;
  }

  void mount(Api api) {
    api.get(ALL, this::list);
    api.post(ALL + "/:run_id/actions/force-cancel", this::forceCancel);
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    List<String> wanted = includes.wanted(call);
    AdminRunFilter filter =
        new AdminRunFilter(
            AdminQuery.text(call, "q"),
            call.queryList("filter[status]"),
            AdminQuery.time(call, "filter[from]"),
            AdminQuery.time(call, "filter[to]"));
    Counted<AdminRun> found = runs.list(caller, filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(
                call,
                found.page().map(AdminRunResource::of),
                includes.of(caller, found.page().items(), wanted))
            .withMeta("status-counts", found.statusCounts()));
  }

  private Reply forceCancel(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    return Reply.document(
        200,
        Document.of(
            AdminRunResource.of(
                runs.forceCancel(
                    caller, call.path("run_id", RunId::new), ActionComment.of(call)))));
  }
}
