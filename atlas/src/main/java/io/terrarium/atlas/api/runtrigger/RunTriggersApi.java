package io.terrarium.atlas.api.runtrigger;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.RunTriggerId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.runtrigger.RunTrigger;
import io.terrarium.core.runtrigger.RunTrigger.Direction;
import io.terrarium.core.runtrigger.RunTriggers;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Run triggers: create, read, list, delete.
public final class RunTriggersApi {
  private static final String OF_WORKSPACE = "/api/v2/workspaces/:workspace_id/run-triggers";
  private static final String ONE = "/api/v2/run-triggers/:id";
  private static final String TYPE = "filter[run-trigger][type]";

  private final RunTriggers triggers;
  private final Includes<RunTrigger> includes;

  /// @param includes what `include` may ask for beside a run trigger
  public RunTriggersApi(RunTriggers triggers, Includes<RunTrigger> includes) {
    this.triggers = triggers;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.get(OF_WORKSPACE, this::list);
    api.post(OF_WORKSPACE, this::create);
    api.get(ONE, this::show);
    api.delete(
        ONE,
        call -> {
          triggers.delete(call.get(Principal.class), call.path("id", RunTriggerId::new));
          return Reply.noContent();
        });
  }

  record Attributes(String workspaceName, String sourceableName, Instant createdAt) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    Paged<RunTrigger> found =
        triggers.list(caller, workspace(call), direction(call), Page.of(call));
    return Reply.document(
        200,
        Listing.of(
            call, found.map(RunTriggersApi::resource), includes.of(caller, found.items(), wanted)));
  }

  private Reply create(Call call) {
    WorkspaceId source =
        Incoming.of(call, "run-triggers")
            .relationship("sourceable")
            .map(WorkspaceId::new)
            .orElseThrow(() ->
                new Fault.Invalid(
                    List.of(
                        new Fault.Problem(
                            "A run trigger needs a sourceable: the workspace whose applies set it"
                                + " off",
                            "/data/relationships/sourceable"))));
    RunTrigger created = triggers.create(call.get(Principal.class), workspace(call), source);
    return Reply.document(201, Document.of(resource(created)));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    RunTrigger found = triggers.find(caller, call.path("id", RunTriggerId::new));
    return Reply.document(
        200, Document.of(resource(found), includes.of(caller, List.of(found), wanted)));
  }

  private static Direction direction(Call call) {
    return switch (call.query(TYPE).orElse("")) {
      case "inbound" -> Direction.INBOUND;
      case "outbound" -> Direction.OUTBOUND;
      default -> throw new Fault.BadRequest(TYPE + " must be inbound or outbound.");
    };
  }

  private static Resource resource(RunTrigger trigger) {
    Map<String, Relationship> ends = new LinkedHashMap<>();
    ends.put("workspace", end(trigger.workspace()));
    ends.put("sourceable", end(trigger.source()));
    return new Resource(
        trigger.id().value(),
        "run-triggers",
        new Attributes(trigger.workspace().name(), trigger.source().name(), trigger.createdAt()),
        ends,
        Map.of("self", "/api/v2/run-triggers/" + trigger.id()));
  }

  private static Relationship end(RunTrigger.End end) {
    return Relationship.one("workspaces", end.id().value(), "/api/v2/workspaces/" + end.id());
  }

  private static WorkspaceId workspace(Call call) {
    return call.path("workspace_id", WorkspaceId::new);
  }
}
