package io.terrarium.core.organization;

import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Whose list of organizations it is; one of the first three is there.
///
/// @param closed keys of those that are left out
record Viewer(
    @Nullable Long user, @Nullable Long organization, @Nullable Long team, Set<Long> closed) {
  static Viewer of(Principal principal) {
    return switch (principal) {
      case UserPrincipal user -> new Viewer(user.userKey(), null, null, user.closed());
      case OrganizationPrincipal own -> new Viewer(null, own.organizationKey(), null, Set.of());
      case TeamPrincipal team -> new Viewer(null, null, team.teamKey(), Set.of());
      case RunPrincipal run -> new Viewer(null, run.organizationKey(), null, Set.of());
    };
  }
}
