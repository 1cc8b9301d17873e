package io.terrarium.atlas.api.flow;

import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.List;

/// The trace of a flow: ours, beside API v2, for whoever may see the run.
public final class FlowsApi {
  private final Hops hops;
  private final Runs runs;

  public FlowsApi(Hops hops, Runs runs) {
    this.hops = hops;
    this.runs = runs;
  }

  public void mount(Api api) {
    api.get("/api/v2/terrarium/flows/:run_id", this::show);
  }

  record Flow(String flow, String status, List<Hop> hops) {}

  private Reply show(Call call) {
    RunId id = call.path("run_id", RunId::new);
    VisibleRun found = runs.find(call.get(Principal.class), id);
    return Reply.json(200, new Flow(id.value(), found.run().status().wire(), hops.of(id.value())));
  }
}
