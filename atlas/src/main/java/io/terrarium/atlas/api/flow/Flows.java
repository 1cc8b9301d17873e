package io.terrarium.atlas.api.flow;

import io.terrarium.contracts.build.BuildEvent;
import io.terrarium.contracts.hop.Hop;
import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.hop.Hops;
import io.terrarium.core.run.Runs;
import io.terrarium.core.run.VisibleRun;
import io.terrarium.kernel.Fault;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Flows, for whoever may see the run, the configuration, the webhook's delivery or the module that
/// they are of.
public final class Flows {
  private final Hops hops;
  private final Runs runs;
  private final Map<String, Statuses> others;

  /// @param others flows that are none of a run, by what their ids begin with
  public Flows(Hops hops, Runs runs, Map<String, Statuses> others) {
    this.hops = hops;
    this.runs = runs;
    this.others = Map.copyOf(others);
  }

  /// How far what a flow is of has come.
  @FunctionalInterface
  public interface Statuses {
    /// @throws Fault.NotFound when it is not there or the caller may not see it
    String of(Principal caller, String id);
  }

  /// @param terraformVersion of the run, which also tells whether the scripted engine stands in;
  ///   absent where it is none of a run
  public record Flow(
      String flow,
      String status,
      @Nullable String terraformVersion,
      List<PhaseTimes> phases,
      List<Hop> hops) {
    Flow withoutContent() {
      return new Flow(
          flow, status, terraformVersion, phases, hops.stream().map(Hop::withoutContent).toList());
    }
  }

  /// What terraform itself took in a phase; the rest of the phase is the mesh's.
  public record PhaseTimes(
      String phase, String status, int attempts, List<BuildEvent.Timings.Timing> terraform) {}

  /// @throws Fault.NotFound when it is not there or the caller may not see it
  public Flow find(Principal caller, String flow) {
    return flow.startsWith(RunId.PREFIX) ? ofRun(caller, new RunId(flow)) : ofOther(caller, flow);
  }

  private Flow ofOther(Principal caller, String flow) {
    Statuses statuses = others.get(flow.substring(0, flow.indexOf('-') + 1));
    if (statuses == null) {
      throw new Fault.NotFound();
    }
    return new Flow(flow, statuses.of(caller, flow), null, List.of(), hops.of(flow));
  }

  private Flow ofRun(Principal caller, RunId id) {
    VisibleRun found = runs.find(caller, id);
    List<PhaseTimes> phases =
        runs.phases(found).stream()
            .map(phase ->
                new PhaseTimes(
                    phase.phase().wire(),
                    phase.status().wire(),
                    phase.attempt(),
                    phase.timings().commands()))
            .toList();
    return new Flow(
        id.value(),
        found.run().status().wire(),
        found.run().options().terraformVersion(),
        phases,
        hops.of(id.value()));
  }
}
