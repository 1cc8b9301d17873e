package io.terrarium.core.team;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamProjectId;
import java.util.Optional;

/// What a team may do in a project and in all its workspaces.
///
/// @param permissions those of the level, or the chosen ones of [Level#CUSTOM]
public record TeamProject(
    long key,
    TeamProjectId id,
    TeamId team,
    ProjectId project,
    Level access,
    ProjectPermissions permissions) {
  /// The fixed sets, and the one that is chosen kind by kind.
  public enum Level {
    READ,
    WRITE,
    MAINTAIN,
    ADMIN,
    CUSTOM;

    /// Empty where they are chosen.
    public Optional<ProjectPermissions> permissions() {
      return switch (this) {
        case READ -> Optional.of(ProjectPermissions.READ);
        case WRITE -> Optional.of(ProjectPermissions.WRITE);
        case MAINTAIN -> Optional.of(ProjectPermissions.MAINTAIN);
        case ADMIN -> Optional.of(ProjectPermissions.ADMIN);
        case CUSTOM -> Optional.empty();
      };
    }
  }
}
