package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import java.time.Instant;
import java.util.Collection;
import java.util.List;

/// How one person belongs to an organization.
///
/// @param userId the person's; who is invited and has no account will get one by this id
/// @param email the person's, or the one that is invited
/// @param twoFactorRequired by the organization, of all its members
public record OrganizationMembership(
    long key,
    OrganizationMembershipId id,
    long organizationKey,
    String organizationName,
    UserId userId,
    String email,
    Status status,
    boolean twoFactorRequired,
    List<TeamId> teams,
    Instant createdAt) {
  public OrganizationMembership {
    teams = List.copyOf(teams);
  }

  /// With those of its teams alone.
  OrganizationMembership within(Collection<TeamId> seen) {
    return new OrganizationMembership(
        key,
        id,
        organizationKey,
        organizationName,
        userId,
        email,
        status,
        twoFactorRequired,
        teams.stream().filter(seen::contains).toList(),
        createdAt);
  }

  /// By the API's names.
  public enum Status {
    ACTIVE,
    INVITED,
    /// Of the documents: taken out by a directory of people. Nobody is here.
    INACTIVE
  }
}
