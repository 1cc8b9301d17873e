package io.terrarium.core.team;

import io.terrarium.core.access.ProjectSettingAccess;
import io.terrarium.core.access.ProjectTeamAccess;
import io.terrarium.core.access.VariableAccess;

/// What may be done in a project, kind by kind.
///
/// @param create whether workspaces may be made in it
/// @param move whether workspaces may be moved in and out
/// @param delete whether its workspaces may be deleted
/// @param workspaces what may be done in all its workspaces
public record ProjectPermissions(
    ProjectSettingAccess settings,
    ProjectTeamAccess teams,
    VariableAccess variableSets,
    boolean create,
    boolean move,
    boolean delete,
    WorkspacePermissions workspaces) {
  /// The least that custom access gives.
  public static final ProjectPermissions LEAST =
      new ProjectPermissions(
          ProjectSettingAccess.READ,
          ProjectTeamAccess.NONE,
          VariableAccess.NONE,
          false,
          false,
          false,
          WorkspacePermissions.LEAST);

  static final ProjectPermissions READ = ofUser(WorkspacePermissions.READ);

  static final ProjectPermissions WRITE = ofUser(WorkspacePermissions.WRITE);

  static final ProjectPermissions MAINTAIN =
      ofKeeper(ProjectSettingAccess.READ, ProjectTeamAccess.NONE);

  static final ProjectPermissions ADMIN =
      ofKeeper(ProjectSettingAccess.DELETE, ProjectTeamAccess.MANAGE);

  private static ProjectPermissions ofUser(WorkspacePermissions workspaces) {
    return new ProjectPermissions(
        ProjectSettingAccess.READ,
        ProjectTeamAccess.NONE,
        VariableAccess.READ,
        false,
        false,
        false,
        workspaces);
  }

  private static ProjectPermissions ofKeeper(
      ProjectSettingAccess settings, ProjectTeamAccess teams) {
    return new ProjectPermissions(
        settings, teams, VariableAccess.WRITE, true, true, true, WorkspacePermissions.ADMIN);
  }
}
