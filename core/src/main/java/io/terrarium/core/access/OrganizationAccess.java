package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.kernel.Fault;
import java.util.Set;

/// An organization that the caller may see, and what else they may do with it.
///
/// @param teams keys of the caller's teams in it
public record OrganizationAccess(
    long key, OrganizationId id, String name, Set<OrganizationRight> rights, Set<Long> teams) {
  public OrganizationAccess {
    teams = Set.copyOf(teams);
    rights = Set.copyOf(rights);
  }

  public boolean allows(OrganizationRight right) {
    return rights.contains(right);
  }

  /// @throws Fault.NotFound without the right, since the wire hides what is forbidden
  public OrganizationAccess require(OrganizationRight right) {
    if (!allows(right)) {
      throw new Fault.NotFound();
    }
    return this;
  }
}
