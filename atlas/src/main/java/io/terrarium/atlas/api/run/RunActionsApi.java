package io.terrarium.atlas.api.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.run.RunActions;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;

/// What can be done to a run.
public final class RunActionsApi {
  private static final String ACTIONS = "/api/v2/runs/:run_id/actions/";

  private final RunActions runs;

  public RunActionsApi(RunActions runs) {
    this.runs = runs;
  }

  public void mount(Api api) {
    api.post(ACTIONS + "apply", this::apply);
    api.post(ACTIONS + "discard", this::discard);
    api.post(ACTIONS + "cancel", this::cancel);
    api.post(ACTIONS + "force-cancel", this::forceCancel);
    api.post(ACTIONS + "force-execute", this::forceExecute);
  }

  private Reply apply(Call call) {
    runs.confirm(
        call.get(Principal.class), call.path("run_id", RunId::new), ActionComment.of(call));
    return Reply.of(202);
  }

  private Reply discard(Call call) {
    runs.discard(
        call.get(Principal.class), call.path("run_id", RunId::new), ActionComment.of(call));
    return Reply.of(202);
  }

  private Reply cancel(Call call) {
    runs.cancel(call.get(Principal.class), call.path("run_id", RunId::new), ActionComment.of(call));
    return Reply.of(202);
  }

  private Reply forceCancel(Call call) {
    runs.forceCancel(
        call.get(Principal.class), call.path("run_id", RunId::new), ActionComment.of(call));
    return Reply.of(202);
  }

  private Reply forceExecute(Call call) {
    runs.forceExecute(call.get(Principal.class), call.path("run_id", RunId::new));
    return Reply.of(202);
  }
}
