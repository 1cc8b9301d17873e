package io.terrarium.core.access;

import java.util.EnumSet;
import java.util.Set;

/// What the caller's teams may do with a project: of each kind the highest.
record ProjectGrant(
    ProjectSettingAccess settings,
    ProjectTeamAccess teams,
    VariableAccess variableSets,
    boolean createWorkspaces,
    boolean moveWorkspaces) {
  Set<ProjectRight> rights() {
    Set<ProjectRight> rights = EnumSet.of(ProjectRight.READ);
    switch (settings) {
      case READ -> {}
      case UPDATE -> rights.add(ProjectRight.UPDATE);
      case DELETE -> rights.addAll(Set.of(ProjectRight.UPDATE, ProjectRight.DESTROY));
    }
    switch (teams) {
      case NONE -> {}
      case READ -> rights.add(ProjectRight.READ_TEAMS);
      case MANAGE -> rights.addAll(Set.of(ProjectRight.READ_TEAMS, ProjectRight.MANAGE_TEAMS));
    }
    switch (variableSets) {
      case NONE -> {}
      case READ -> rights.add(ProjectRight.READ_VARIABLE_SETS);
      case WRITE ->
          rights.addAll(Set.of(ProjectRight.READ_VARIABLE_SETS, ProjectRight.MANAGE_VARIABLE_SETS));
    }
    if (createWorkspaces) {
      rights.add(ProjectRight.CREATE_WORKSPACE);
    }
    if (moveWorkspaces) {
      rights.add(ProjectRight.MOVE_WORKSPACE);
    }
    return rights;
  }
}
