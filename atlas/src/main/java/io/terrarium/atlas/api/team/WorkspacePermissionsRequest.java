package io.terrarium.atlas.api.team;

import io.terrarium.core.access.RunAccess;
import io.terrarium.core.access.StateVersionAccess;
import io.terrarium.core.access.VariableAccess;
import io.terrarium.core.team.SentinelMockAccess;
import io.terrarium.core.team.WorkspacePermissions;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;

/// What somebody wants a team to be allowed in workspaces; said alike of one workspace and of all
/// of a project.
public record WorkspacePermissionsRequest(
    Patch<RunAccess> runs,
    Patch<VariableAccess> variables,
    Patch<StateVersionAccess> stateVersions,
    Patch<SentinelMockAccess> sentinelMocks,
    Patch<Boolean> locking,
    Patch<Boolean> runTasks,
    Patch<Boolean> policyOverrides) {
  /// @param locking the attribute's name, which differs
  public static WorkspacePermissionsRequest of(Incoming incoming, String locking) {
    return new WorkspacePermissionsRequest(
        incoming.choice("runs", RunAccess.class),
        incoming.choice("variables", VariableAccess.class),
        incoming.choice("state-versions", StateVersionAccess.class),
        incoming.choice("sentinel-mocks", SentinelMockAccess.class),
        incoming.flag(locking),
        incoming.flag("run-tasks"),
        incoming.flag("policy-overrides"));
  }

  public WorkspacePermissions over(WorkspacePermissions before) {
    return new WorkspacePermissions(
        runs.over(before.runs()),
        variables.over(before.variables()),
        stateVersions.over(before.stateVersions()),
        sentinelMocks.over(before.sentinelMocks()),
        locking.over(before.workspaceLocking()),
        runTasks.over(before.runTasks()),
        policyOverrides.over(before.policyOverrides()));
  }
}
