package io.terrarium.core.organization;

import io.terrarium.core.access.Principal;
import io.terrarium.core.access.Principal.OrganizationPrincipal;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import org.jspecify.annotations.Nullable;

/// Whose list of organizations it is; one of the three is there.
record Viewer(@Nullable Long user, @Nullable Long organization, @Nullable Long team) {
  static Viewer of(Principal principal) {
    return switch (principal) {
      case UserPrincipal user -> new Viewer(user.userKey(), null, null);
      case OrganizationPrincipal own -> new Viewer(null, own.organizationKey(), null);
      case TeamPrincipal team -> new Viewer(null, null, team.teamKey());
      case RunPrincipal run -> new Viewer(null, run.organizationKey(), null);
    };
  }
}
