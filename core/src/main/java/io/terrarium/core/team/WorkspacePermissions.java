package io.terrarium.core.team;

import io.terrarium.core.access.RunAccess;
import io.terrarium.core.access.StateVersionAccess;
import io.terrarium.core.access.VariableAccess;

/// What may be done in workspaces, kind by kind.
///
/// @param runTasks whether run tasks may be managed
/// @param policyOverrides whether failed policies may be overridden
public record WorkspacePermissions(
    RunAccess runs,
    VariableAccess variables,
    StateVersionAccess stateVersions,
    SentinelMockAccess sentinelMocks,
    boolean workspaceLocking,
    boolean runTasks,
    boolean policyOverrides) {
  /// The least that custom access gives.
  public static final WorkspacePermissions LEAST =
      new WorkspacePermissions(
          RunAccess.READ,
          VariableAccess.NONE,
          StateVersionAccess.NONE,
          SentinelMockAccess.NONE,
          false,
          false,
          false);

  static final WorkspacePermissions READ = ofReader(RunAccess.READ);

  static final WorkspacePermissions PLAN = ofReader(RunAccess.PLAN);

  static final WorkspacePermissions WRITE = ofWriter(false);

  static final WorkspacePermissions ADMIN = ofWriter(true);

  private static WorkspacePermissions ofReader(RunAccess runs) {
    return new WorkspacePermissions(
        runs,
        VariableAccess.READ,
        StateVersionAccess.READ,
        SentinelMockAccess.NONE,
        false,
        false,
        false);
  }

  private static WorkspacePermissions ofWriter(boolean isAdmin) {
    return new WorkspacePermissions(
        RunAccess.APPLY,
        VariableAccess.WRITE,
        StateVersionAccess.WRITE,
        SentinelMockAccess.READ,
        true,
        isAdmin,
        isAdmin);
  }
}
