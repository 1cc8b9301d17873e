package io.terrarium.core.membership;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.membership.OrganizationMembership.Status;
import java.util.List;
import java.util.Optional;

/// Which memberships of an organization are asked for.
///
/// @param emails any of these; none for all
/// @param text a part of the address or of the username
/// @param team those who are in it
public record MembershipFilter(
    Optional<Status> status, List<String> emails, Optional<String> text, Optional<TeamId> team) {
  public MembershipFilter {
    emails = List.copyOf(emails);
  }

  public static MembershipFilter ofTeam(TeamId team, Optional<Status> status) {
    return new MembershipFilter(status, List.of(), Optional.empty(), Optional.of(team));
  }
}
