package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import java.time.Instant;
import java.util.List;

/// How one person belongs to an organization.
///
/// @param userId the person's; who is invited and has no account will get one by this id
/// @param email the person's, or the one that is invited
public record OrganizationMembership(
    long key,
    OrganizationMembershipId id,
    long organizationKey,
    String organizationName,
    UserId userId,
    String email,
    Status status,
    List<TeamId> teams,
    Instant createdAt) {
  public OrganizationMembership {
    teams = List.copyOf(teams);
  }

  /// By the API's names.
  public enum Status {
    ACTIVE,
    INVITED
  }
}
