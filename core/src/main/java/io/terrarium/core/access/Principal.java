package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.util.Optional;
import java.util.Set;

/// Who a token speaks for.
public sealed interface Principal {
  /// Key of the person, if it is one.
  default Optional<Long> person() {
    return this instanceof UserPrincipal user ? Optional.of(user.userKey()) : Optional.empty();
  }

  /// As the API names the bearer of the token.
  default String username() {
    return switch (this) {
      case UserPrincipal user -> user.username();
      case OrganizationPrincipal organization -> "api-" + organization.name();
      case TeamPrincipal team -> "api-" + team.name();
      case RunPrincipal run -> "api-" + run.runId().value();
    };
  }

  /// Keys of the organizations that are closed to the token although its owner belongs there.
  default Set<Long> closed() {
    return Set.of();
  }

  /// A person.
  ///
  /// @param closed keys of the organizations that do not take their token, since it is too old, or
  ///   since they take none of a person
  record UserPrincipal(
      long userKey, UserId id, String username, boolean siteAdmin, Set<Long> closed)
      implements Principal {
    public UserPrincipal {
      closed = Set.copyOf(closed);
    }

    public UserPrincipal(long userKey, UserId id, String username, boolean siteAdmin) {
      this(userKey, id, username, siteAdmin, Set.of());
    }
  }

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
