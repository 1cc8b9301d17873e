package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.Optional;

/// Who a token speaks for.
public sealed interface Principal {
  /// Key of the person, if it is one.
  default Optional<Long> person() {
    return this instanceof UserPrincipal user ? Optional.of(user.userKey()) : Optional.empty();
  }

  /// A person.
  record UserPrincipal(long userKey, UserId id, String username, boolean siteAdmin)
      implements Principal {}

  /// An organization as a whole: settings and workspaces, but neither runs nor state.
  record OrganizationPrincipal(long organizationKey, OrganizationId id, String name)
      implements Principal {}

  /// The members of a team.
  record TeamPrincipal(long teamKey, TeamId id, String name, long organizationKey)
      implements Principal {}

  /// One attempt of a run; it ends with the run.
  record RunPrincipal(
      long runKey, RunId runId, long workspaceKey, WorkspaceId workspaceId, long organizationKey)
      implements Principal {}
}
