package io.terrarium.atlas.api.run;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;

/// Runs: create, read, list, and the actions on them.
public final class RunsApi {
  private static final Set<String> INCLUDES =
      Set.of(
          "plan",
          "apply",
          "created_by",
          "cost_estimate",
          "configuration_version",
          "configuration_version.ingress_attributes",
          "workspace",
          "task_stages",
          "comments",
          "run_events");

  private final Runs runs;
  private final RunObjects objects;
  private final PublicAddress address;
  private final Clock clock;
  private final BiFunction<Principal, WorkspaceId, Resource> workspaces;

  /// @param workspaces renders a workspace for `include=workspace`
  public RunsApi(
      Runs runs,
      RunObjects objects,
      PublicAddress address,
      Clock clock,
      BiFunction<Principal, WorkspaceId, Resource> workspaces) {
    this.runs = runs;
    this.objects = objects;
    this.address = address;
    this.clock = clock;
    this.workspaces = workspaces;
  }

  public void mount(Api api) {
    api.post("/api/v2/runs", this::create);
    api.get("/api/v2/runs/:run_id", this::show);
    api.get("/api/v2/runs/:run_id/run-events", this::events);
    api.get("/api/v2/runs/:run_id/comments", this::comments);
    api.get("/api/v2/workspaces/:workspace_id/runs", this::list);
    api.get("/api/v2/organizations/:organization_name/runs/queue", this::queue);
    api.get("/api/v2/organizations/:organization_name/capacity", this::capacity);
    api.post("/api/v2/runs/:run_id/actions/apply", this::apply);
    api.post("/api/v2/runs/:run_id/actions/discard", this::discard);
    api.post("/api/v2/runs/:run_id/actions/cancel", this::cancel);
    api.post("/api/v2/runs/:run_id/actions/force-cancel", this::forceCancel);
    api.post("/api/v2/runs/:run_id/actions/force-execute", this::forceExecute);
  }

  private Reply create(Call call) {
    return Reply.document(
        201,
        Document.of(resource(runs.create(call.get(Principal.class), RunRequests.create(call)))));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> includes = includes(call);
    Runs.Visible found = runs.find(caller, call.path("run_id", RunId::new));
    return Reply.document(
        200, Document.of(resource(found), included(caller, found.run(), includes)));
  }

  private Reply list(Call call) {
    List<String> operations = values(call, "filter[operation]");
    Paged<Runs.Visible> found =
        runs.list(
            call.get(Principal.class),
            call.path("workspace_id", WorkspaceId::new),
            values(call, "filter[status]"),
            operations,
            Page.of(call));
    return Reply.document(200, Listing.of(call, found.map(this::resource)));
  }

  private Reply queue(Call call) {
    Page page = Page.of(call);
    Paged<Runs.Visible> found =
        runs.queue(call.get(Principal.class), call.path("organization_name"), page);
    List<Resource> resources = new ArrayList<>();
    int position = (int) page.offset();
    for (Runs.Visible visible : found.items()) {
      resources.add(RunResource.of(visible, ++position, variables(visible), clock.instant()));
    }
    return Reply.document(200, Listing.of(call, new Paged<>(resources, page, found.totalCount())));
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

  record EventAttributes(String action, String description, java.time.Instant createdAt) {}

  private Reply events(Call call) {
    List<Resource> events =
        runs.events(call.get(Principal.class), call.path("run_id", RunId::new)).stream()
            .map(event ->
                new Resource(
                    event.id(),
                    "run-events",
                    new EventAttributes(
                        event.action(),
                        Optional.ofNullable(event.description()).orElse(""),
                        event.createdAt()),
                    Map.of(
                        "actor",
                        Relationship.optional("users", Optional.ofNullable(event.actor())),
                        "comment",
                        Relationship.optional("comments", Optional.empty())),
                    Map.of("self", "/api/v2/run-events/" + event.id())))
            .toList();
    return Reply.document(200, Document.of(events));
  }

  record CommentAttributes(String body) {}

  private Reply comments(Call call) {
    List<Resource> comments =
        runs.comments(call.get(Principal.class), call.path("run_id", RunId::new)).stream()
            .map(comment ->
                new Resource(
                    comment.id(),
                    "comments",
                    new CommentAttributes(comment.body()),
                    Map.of(),
                    Map.of("self", "/api/v2/comments/" + comment.id())))
            .toList();
    return Reply.document(200, Document.of(comments));
  }

  private Reply apply(Call call) {
    runs.confirm(
        call.get(Principal.class), call.path("run_id", RunId::new), RunRequests.comment(call));
    return Reply.of(202);
  }

  private Reply discard(Call call) {
    runs.discard(
        call.get(Principal.class), call.path("run_id", RunId::new), RunRequests.comment(call));
    return Reply.of(202);
  }

  private Reply cancel(Call call) {
    runs.cancel(
        call.get(Principal.class), call.path("run_id", RunId::new), RunRequests.comment(call));
    return Reply.of(202);
  }

  private Reply forceCancel(Call call) {
    runs.forceCancel(
        call.get(Principal.class), call.path("run_id", RunId::new), RunRequests.comment(call));
    return Reply.of(202);
  }

  private Reply forceExecute(Call call) {
    runs.forceExecute(call.get(Principal.class), call.path("run_id", RunId::new));
    return Reply.of(202);
  }

  private Resource resource(Runs.Visible visible) {
    return RunResource.of(visible, 0, variables(visible), clock.instant());
  }

  private List<RunResource.Variable> variables(Runs.Visible visible) {
    return runs.variables(visible.run()).stream()
        .map(variable -> new RunResource.Variable(variable.key(), variable.value()))
        .toList();
  }

  private List<Resource> included(Principal caller, Run run, List<String> includes) {
    List<Resource> included = new ArrayList<>();
    if (includes.contains("workspace")) {
      included.add(workspaces.apply(caller, run.workspaceId()));
    }
    if (includes.contains("plan")) {
      included.add(phase(caller, run.planId().value()));
    }
    if (includes.contains("apply")) {
      included.add(phase(caller, run.applyId().value()));
    }
    return included;
  }

  private Resource phase(Principal caller, String id) {
    return PhaseResource.of(runs.phase(caller, id), address.of(objects.readLog(id)));
  }

  private static List<String> includes(Call call) {
    List<String> includes = values(call, "include");
    if (!INCLUDES.containsAll(includes)) {
      throw new Fault.BadRequest("Invalid include parameter");
    }
    return includes;
  }

  private static List<String> values(Call call, String name) {
    return call.query(name).map(text -> List.of(text.split(","))).orElse(List.of()).stream()
        .map(String::strip)
        .filter(text -> !text.isEmpty())
        .toList();
  }
}
