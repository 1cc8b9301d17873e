package io.terrarium.core.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.TeamAccess;
import io.terrarium.kernel.Fault;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// The team that somebody wants to give access to.
final class GivenTeam {
  private GivenTeam() {}

  static TeamAccess of(
      Access access, Handle db, Principal caller, TeamId id, long organizationKey) {
    TeamAccess team;
    try {
      team = access.team(db, caller, id);
    } catch (Fault.NotFound hidden) {
      throw problem("Team must be one of the organization that you may see");
    }
    if (team.organization().key() != organizationKey) {
      throw problem("Team must be one of the same organization");
    }
    if (team.isOwners()) {
      throw problem("Team is that of the owners, who have access to everything");
    }
    return team;
  }

  static Fault problem(String detail) {
    return new Fault.Invalid(List.of(new Fault.Problem(detail, "/data/relationships/team")));
  }
}
