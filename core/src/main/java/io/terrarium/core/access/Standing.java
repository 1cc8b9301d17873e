package io.terrarium.core.access;

import java.util.Set;

/// How a caller stands in an organization.
///
/// @param teams keys of the teams that they are in
/// @param permissions what some of those may do in the whole organization
record Standing(Membership membership, Set<Long> teams, Set<OrganizationPermission> permissions) {
  Standing {
    teams = Set.copyOf(teams);
    permissions = Set.copyOf(permissions);
  }

  boolean has(OrganizationPermission permission) {
    return permissions.contains(permission);
  }
}
