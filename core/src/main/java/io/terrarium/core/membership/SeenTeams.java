package io.terrarium.core.membership;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/// Memberships as a caller may see them: without the secret teams of others.
record SeenTeams(Access access) {
  List<OrganizationMembership> of(
      Handle db, Principal caller, List<OrganizationMembership> memberships) {
    Set<TeamId> named =
        memberships.stream()
            .flatMap(membership -> membership.teams().stream())
            .collect(Collectors.toSet());
    if (named.isEmpty()) {
      return memberships;
    }
    Set<TeamId> seen = access.teamsNamed(db, caller, named).keySet();
    return memberships.stream().map(membership -> membership.within(seen)).toList();
  }

  OrganizationMembership of(Handle db, Principal caller, OrganizationMembership membership) {
    return of(db, caller, List.of(membership)).getFirst();
  }
}
