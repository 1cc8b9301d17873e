package io.terrarium.atlas.api.flow;

import io.terrarium.contracts.build.BuildEvent;
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

  /// @param terraformVersion of the run, which also tells whether the scripted engine stands in
  record Flow(
      String flow,
      String status,
      String terraformVersion,
      List<PhaseTimes> phases,
      List<Hop> hops) {}

  /// What terraform itself took in a phase; the rest of the phase is the mesh's.
  record PhaseTimes(
      String phase, String status, int attempts, List<BuildEvent.Timings.Timing> terraform) {}

  private Reply show(Call call) {
    RunId id = call.path("run_id", RunId::new);
    VisibleRun found = runs.find(call.get(Principal.class), id);
    List<PhaseTimes> phases =
        runs.phases(found).stream()
            .map(phase ->
                new PhaseTimes(
                    phase.phase().wire(),
                    phase.status().wire(),
                    phase.attempt(),
                    phase.timings().commands()))
            .toList();
    return Reply.json(
        200,
        new Flow(
            id.value(),
            found.run().status().wire(),
            found.run().options().terraformVersion(),
            phases,
            hops.of(id.value())));
  }
}
