package io.terrarium.atlas.api.run;

import io.terrarium.atlas.api.PublicAddress;
import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.run.Run;
import io.terrarium.core.run.RunObjects;
import io.terrarium.core.run.RunPhase;
import io.terrarium.core.run.Runs;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Optional;

/// Plans and applies, by their own ids and by their run's.
public final class PhasesApi {
  private final Runs runs;
  private final RunObjects objects;
  private final PublicAddress address;

  public PhasesApi(Runs runs, RunObjects objects, PublicAddress address) {
    this.runs = runs;
    this.objects = objects;
    this.address = address;
  }

  public void mount(Api api) {
    api.get("/api/v2/plans/:id", call -> show(call, Phase.PLAN, call.path("id")));
    api.get("/api/v2/applies/:id", call -> show(call, Phase.APPLY, call.path("id")));
    api.get("/api/v2/runs/:run_id/plan", call -> show(call, Phase.PLAN, planId(call)));
    api.get("/api/v2/runs/:run_id/apply", call -> show(call, Phase.APPLY, applyId(call)));
    api.get("/api/v2/plans/:id/json-output", call -> json(call, call.path("id")));
    api.get("/api/v2/runs/:run_id/plan/json-output", call -> json(call, planId(call)));
    api.get("/api/v2/plans/:id/json-output-redacted", this::redacted);
    api.get("/api/v2/plans/:id/json-schema", call -> schemas(call, call.path("id")));
    api.get("/api/v2/runs/:run_id/plan/json-schema", call -> schemas(call, planId(call)));
    api.get("/api/v2/applies/:id/errored-state", this::erroredState);
  }

  private Reply show(Call call, Phase phase, String id) {
    return Reply.document(200, Document.of(resource(find(call, phase, id))));
  }

  /// For `include=plan` and `include=apply` of other resources.
  public List<Resource> resources(Principal caller, List<String> ids) {
    return runs.phases(caller, ids).stream().map(this::resource).toList();
  }

  private Resource resource(Runs.VisiblePhase found) {
    RunPhase phase = found.phase();
    return PhaseResource.of(
        found, phase.kept().isThere() ? address.of(objects.readLog(phase.id())) : null);
  }

  /// The whole plan shows sensitive values, so it is for those who may administer the workspace.
  private Reply json(Call call, String planId) {
    Runs.VisiblePhase found = find(call, Phase.PLAN, planId);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    return output(found, objects.readPlanJson(found.phase()));
  }

  private Reply redacted(Call call) {
    Runs.VisiblePhase found = find(call, Phase.PLAN, call.path("id"));
    return output(found, objects.readPlanJsonRedacted(found.phase()));
  }

  /// Told to those who may see the plan that needs them.
  private Reply schemas(Call call, String planId) {
    Runs.VisiblePhase found = find(call, Phase.PLAN, planId);
    found.access().require(WorkspaceRight.UPDATE_SETTINGS);
    if (found.phase().status() == RunPhase.Status.FINISHED && !found.phase().kept().hasSchemas()) {
      throw new Fault.NotFound();
    }
    return output(found, objects.readPlanSchemas(found.phase()));
  }

  /// What an apply could not hand over as its workspace's state.
  private Reply erroredState(Call call) {
    Runs.VisiblePhase found = find(call, Phase.APPLY, call.path("id"));
    found.access().require(WorkspaceRight.READ_STATE);
    RunPhase.Kept kept = found.phase().kept();
    String state =
        Optional.ofNullable(kept.erroredState())
            .filter(_ -> kept.isThere())
            .orElseThrow(Fault.NotFound::new);
    return Reply.redirect(307, address.of(objects.read(state)));
  }

  private Reply output(Runs.VisiblePhase found, String path) {
    if (!found.phase().kept().isThere()) {
      throw new Fault.NotFound();
    }
    return found.phase().status() == RunPhase.Status.FINISHED
        ? Reply.redirect(307, address.of(path))
        : Reply.noContent();
  }

  private Runs.VisiblePhase find(Call call, Phase phase, String id) {
    Runs.VisiblePhase found = runs.phase(call.get(Principal.class), id);
    if (found.phase().phase() != phase) {
      throw new Fault.NotFound();
    }
    return found;
  }

  private String planId(Call call) {
    return run(call).planId().value();
  }

  private String applyId(Call call) {
    return run(call).applyId().value();
  }

  private Run run(Call call) {
    return runs.find(call.get(Principal.class), call.path("run_id", RunId::new)).run();
  }
}
