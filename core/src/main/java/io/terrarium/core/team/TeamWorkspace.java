package io.terrarium.core.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamWorkspaceId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.Optional;

/// What a team may do in one workspace.
///
/// @param permissions those of the level, or the chosen ones of [Level#CUSTOM]
public record TeamWorkspace(
    long key,
    TeamWorkspaceId id,
    TeamId team,
    WorkspaceId workspace,
    Level access,
    WorkspacePermissions permissions) {
  /// The fixed sets, and the one that is chosen kind by kind.
  public enum Level {
    READ,
    PLAN,
    WRITE,
    ADMIN,
    CUSTOM;

    /// Empty where they are chosen.
    public Optional<WorkspacePermissions> permissions() {
      return switch (this) {
        case READ -> Optional.of(WorkspacePermissions.READ);
        case PLAN -> Optional.of(WorkspacePermissions.PLAN);
        case WRITE -> Optional.of(WorkspacePermissions.WRITE);
        case ADMIN -> Optional.of(WorkspacePermissions.ADMIN);
        case CUSTOM -> Optional.empty();
      };
    }
  }
}
