package io.terrarium.atlas.api.run;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.RunDetails;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import io.terrarium.kernel.jsonapi.Slice;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;

/// Runs: create, read, list.
public final class RunsApi {
  private final Runs runs;
  private final Clock clock;
  private final Includes<VisibleRun> includes;

  /// @param includes what `include` may ask for beside a run
  public RunsApi(Runs runs, Clock clock, Includes<VisibleRun> includes) {
    this.runs = runs;
    this.clock = clock;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.post("/api/v2/runs", this::create);
    api.get("/api/v2/runs", this::listAsked);
    api.get("/api/v2/runs/:run_id", this::show);
    api.get(
        "/api/v2/workspaces/:workspace_id/runs",
        call -> list(call, call.path("workspace_id", WorkspaceId::new)));
    api.get(
        "/api/v2/organizations/:organization_name/runs",
        call -> listOfOrganization(call, call.path("organization_name")));
    api.get("/api/v2/organizations/:organization_name/runs/queue", this::queue);
    api.get("/api/v2/organizations/:organization_name/capacity", this::capacity);
  }

  private Reply create(Call call) {
    return Reply.document(
        201,
        Document.of(resource(runs.create(call.get(Principal.class), RunRequests.create(call)))));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    VisibleRun found = runs.find(caller, call.path("run_id", RunId::new));
    return Reply.document(
        200, Document.of(resource(found), includes.of(caller, List.of(found), wanted)));
  }

  /// Those of a workspace, or else of an organization, whichever is named.
  private Reply listAsked(Call call) {
    Optional<String> workspace = call.query("workspace_id").filter(text -> !text.isBlank());
    if (workspace.isPresent()) {
      return list(call, new WorkspaceId(workspace.get()));
    }
    return listOfOrganization(
        call,
        call.query("organization_name")
            .filter(text -> !text.isBlank())
            .orElseThrow(
                () -> new Fault.BadRequest("workspace_id or organization_name must be given.")));
  }

  private Reply list(Call call, WorkspaceId workspace) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    Paged<VisibleRun> found =
        runs.list(caller, workspace, RunFilters.ofWorkspace(call), Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call,
            found.withItems(resources(found.items(), _ -> 0)),
            includes.of(caller, found.items(), wanted)));
  }

  private Reply listOfOrganization(Call call, String organization) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    Slice<VisibleRun> found =
        runs.ofOrganization(
            caller, organization, RunFilters.ofOrganization(call, clock.instant()), Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call,
            found.withItems(resources(found.items(), _ -> 0)),
            includes.of(caller, found.items(), wanted)));
  }

  private Reply queue(Call call) {
    Page page = Page.of(call);
    Paged<VisibleRun> found =
        runs.queue(call.get(Principal.class), call.path("organization_name"), page);
    int first = (int) page.offset() + 1;
    return Reply.document(
        200, Listing.of(call, found.withItems(resources(found.items(), index -> first + index))));
  }

  record CapacityAttributes(long pending, long running) {}

  private Reply capacity(Call call) {
    Runs.InFlight found = runs.inFlight(call.get(Principal.class), call.path("organization_name"));
    return Reply.document(
        200,
        Document.of(
            new Resource(
                found.organization(),
                "organization-capacity",
                new CapacityAttributes(found.pending(), found.running()),
                Map.of(),
                Map.of())));
  }

  /// For `include=current_run` of other resources.
  public Resource resource(VisibleRun visible) {
    return resources(List.of(visible), _ -> 0).getFirst();
  }

  /// For relationships of many resources, whose caller may see not all of them.
  public List<Resource> resources(Principal caller, List<RunId> ids) {
    return resources(runs.findAll(caller, ids), _ -> 0);
  }

  private List<Resource> resources(List<VisibleRun> visible, IntUnaryOperator positionInQueue) {
    List<RunDetails> details = runs.details(visible);
    Instant now = clock.instant();
    List<Resource> resources = new ArrayList<>();
    for (int at = 0; at < visible.size(); at++) {
      resources.add(
          RunResource.of(visible.get(at), positionInQueue.applyAsInt(at), details.get(at), now));
    }
    return resources;
  }
}
