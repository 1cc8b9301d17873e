package io.terrarium.core.run;

import io.terrarium.contracts.build.Phase;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Runs and their phases by their ids, for those who may see them.
final class VisibleRuns {
  private final Access access;
  private final RunStore store = new RunStore();
  private final PhaseStore phases = new PhaseStore();

  VisibleRuns(Access access) {
    this.access = access;
  }

  /// @throws Fault.NotFound when it is not there or the caller may not see it
  VisibleRun find(Handle db, Principal caller, RunId id) {
    return readable(store.find(db, caller, id));
  }

  /// Those of `runs` that the caller may see, by one query.
  List<VisibleRun> among(Handle db, Principal caller, List<Run> runs) {
    Map<Long, WorkspaceAccess> rights =
        access.workspaces(db, caller, runs.stream().map(Run::workspaceKey).distinct().toList());
    List<VisibleRun> found = new ArrayList<>();
    for (Run run : runs) {
      WorkspaceAccess allowed = rights.get(run.workspaceKey());
      if (allowed != null && allowed.allows(WorkspaceRight.READ_RUNS)) {
        found.add(new VisibleRun(run, allowed));
      }
    }
    return found;
  }

  /// Those of `ids` that are there and that the caller may see.
  List<Runs.VisiblePhase> phases(Handle db, Principal caller, List<String> ids) {
    List<RunPhase> found = phases.findAll(db, ids);
    List<Long> keys = found.stream().map(RunPhase::runKey).distinct().toList();
    Map<Long, VisibleRun> runs =
        among(db, caller, store.findAllByKey(db, keys)).stream()
            .collect(Collectors.toMap(one -> one.run().key(), Function.identity()));
    Map<Long, List<StateVersionId>> states =
        found.stream().anyMatch(phase -> phase.phase() == Phase.APPLY)
            ? phases.statesOf(db, keys)
            : Map.of();
    List<Runs.VisiblePhase> seen = new ArrayList<>();
    for (RunPhase phase : found) {
      VisibleRun run = runs.get(phase.runKey());
      if (run != null) {
        boolean isApply = phase.phase() == Phase.APPLY;
        seen.add(
            new Runs.VisiblePhase(
                phase,
                run.run(),
                run.access(),
                isApply ? states.getOrDefault(phase.runKey(), List.of()) : List.of()));
      }
    }
    return seen;
  }

  /// As [#find], and nobody else moves it until the transaction ends.
  VisibleRun lock(Handle db, Principal caller, RunId id) {
    find(db, caller, id);
    return readable(store.findForUpdate(db, caller, id));
  }

  private static VisibleRun readable(Optional<VisibleRun> found) {
    VisibleRun run = found.orElseThrow(Fault.NotFound::new);
    run.access().require(WorkspaceRight.READ).require(WorkspaceRight.READ_RUNS);
    return run;
  }
}
