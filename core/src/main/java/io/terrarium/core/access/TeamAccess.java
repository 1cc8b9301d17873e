package io.terrarium.core.access;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.kernel.Fault;
import java.util.Set;

/// A team that the caller may see, and what else they may do with it.
///
/// @param isOwners the team that may do everything
public record TeamAccess(
    long key, TeamId id, OrganizationAccess organization, boolean isOwners, Set<TeamRight> rights) {
  public TeamAccess {
    rights = Set.copyOf(rights);
  }

  public boolean allows(TeamRight right) {
    return rights.contains(right);
  }

  /// @throws Fault.NotFound without the right, since the wire hides what is forbidden
  public TeamAccess require(TeamRight right) {
    if (!allows(right)) {
      throw new Fault.NotFound();
    }
    return this;
  }
}
