package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceAccess;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.kernel.Fault;
import org.jdbi.v3.core.Handle;

/// Runs by their id, for those who may see them.
final class VisibleRuns {
  private final Access access;
  private final RunStore store = new RunStore();

  VisibleRuns(Access access) {
    this.access = access;
  }

  /// @throws Fault.NotFound when it is not there or the caller may not see it
  VisibleRun find(Handle db, Principal caller, RunId id) {
    Run run = store.find(db, id).orElseThrow(Fault.NotFound::new);
    WorkspaceAccess rights = access.workspace(db, caller, run.workspaceId());
    rights.require(WorkspaceRight.READ_RUNS);
    return new VisibleRun(run, rights);
  }

  /// As [#find], and nobody else moves it until the transaction ends.
  VisibleRun lock(Handle db, Principal caller, RunId id) {
    find(db, caller, id);
    store.findForUpdate(db, id);
    return find(db, caller, id);
  }
}
