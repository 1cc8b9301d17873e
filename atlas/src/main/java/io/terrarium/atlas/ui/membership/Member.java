package io.terrarium.atlas.ui.membership;

import io.terrarium.core.membership.OrganizationMembership;
import io.terrarium.core.membership.OrganizationMembership.Status;
import io.terrarium.core.team.Team;
import java.util.List;

/// Somebody who belongs to an organization, as the list of them shows it.
///
/// @param username "" of who is invited
/// @param teams as far as the reader may see them
/// @param isReader whether it is the one who looks at the list
/// @param isRemovable whether the reader may take them out
public record Member(
    OrganizationMembership membership,
    String username,
    List<Team> teams,
    boolean isReader,
    boolean isRemovable) {
  public Member {
    teams = List.copyOf(teams);
  }

  public boolean isInvited() {
    return membership.status() == Status.INVITED;
  }

  /// By which people know them.
  public String name() {
    return username.isEmpty() ? membership.email() : username;
  }
}
