package io.terrarium.atlas.api.team;

import io.terrarium.core.access.ProjectSettingAccess;
import io.terrarium.core.access.ProjectTeamAccess;
import io.terrarium.core.access.VariableAccess;
import io.terrarium.core.team.ProjectPermissions;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;

/// What somebody wants a team to be allowed in a project.
record ProjectPermissionsRequest(
    Patch<ProjectSettingAccess> settings,
    Patch<ProjectTeamAccess> teams,
    Patch<VariableAccess> variableSets,
    Patch<Boolean> create,
    Patch<Boolean> move,
    Patch<Boolean> delete,
    WorkspacePermissionsRequest workspaces) {
  static ProjectPermissionsRequest of(Incoming incoming) {
    Incoming project = incoming.nested("project-access");
    Incoming workspaces = incoming.nested("workspace-access");
    return new ProjectPermissionsRequest(
        project.choice("settings", ProjectSettingAccess.class),
        project.choice("teams", ProjectTeamAccess.class),
        project.choice("variable-sets", VariableAccess.class),
        workspaces.flag("create"),
        workspaces.flag("move"),
        workspaces.flag("delete"),
        WorkspacePermissionsRequest.of(workspaces, "locking"));
  }

  ProjectPermissions over(ProjectPermissions before) {
    return new ProjectPermissions(
        settings.over(before.settings()),
        teams.over(before.teams()),
        variableSets.over(before.variableSets()),
        create.over(before.create()),
        move.over(before.move()),
        delete.over(before.delete()),
        workspaces.over(before.workspaces()));
  }
}
