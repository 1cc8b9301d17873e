package io.terrarium.core.access;

import java.util.EnumSet;
import java.util.Set;

/// What the caller's teams may do in a workspace, by their access to it and to its project: of each
/// kind the highest.
///
/// @param isAdmin everything, whatever else is said
record WorkspaceGrant(
    boolean isAdmin,
    RunAccess runs,
    VariableAccess variables,
    StateVersionAccess stateVersions,
    boolean locking,
    boolean deletion) {
  Set<WorkspaceRight> rights() {
    if (isAdmin) {
      return EnumSet.allOf(WorkspaceRight.class);
    }
    Set<WorkspaceRight> rights = EnumSet.of(WorkspaceRight.READ, WorkspaceRight.READ_RUNS);
    switch (runs) {
      case READ -> {}
      case PLAN -> rights.add(WorkspaceRight.QUEUE_RUN);
      case APPLY -> rights.addAll(Set.of(WorkspaceRight.QUEUE_RUN, WorkspaceRight.APPLY_RUN));
    }
    switch (variables) {
      case NONE -> {}
      case READ -> rights.add(WorkspaceRight.READ_VARIABLES);
      case WRITE ->
          rights.addAll(Set.of(WorkspaceRight.READ_VARIABLES, WorkspaceRight.WRITE_VARIABLES));
    }
    rights.addAll(ofStates());
    if (locking) {
      rights.add(WorkspaceRight.LOCK);
    }
    if (deletion) {
      rights.add(WorkspaceRight.DESTROY);
    }
    return rights;
  }

  private Set<WorkspaceRight> ofStates() {
    return switch (stateVersions) {
      case NONE -> Set.of();
      case READ_OUTPUTS -> Set.of(WorkspaceRight.READ_STATE_OUTPUTS);
      case READ -> Set.of(WorkspaceRight.READ_STATE_OUTPUTS, WorkspaceRight.READ_STATE);
      case WRITE ->
          Set.of(
              WorkspaceRight.READ_STATE_OUTPUTS,
              WorkspaceRight.READ_STATE,
              WorkspaceRight.WRITE_STATE);
    };
  }
}
