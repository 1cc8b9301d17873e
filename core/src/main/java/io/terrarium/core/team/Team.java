package io.terrarium.core.team;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import java.util.List;

/// Members of an organization who have rights together.
///
/// @param users those members who have an account
/// @param memberships all members
public record Team(
    long key,
    TeamId id,
    String organizationName,
    TeamOptions options,
    List<UserId> users,
    List<OrganizationMembershipId> memberships) {
  /// The team that may do everything; each organization has it.
  public static final String OWNERS = "owners";

  public Team {
    users = List.copyOf(users);
    memberships = List.copyOf(memberships);
  }

  public boolean isOwners() {
    return options.name().equals(OWNERS);
  }
}
