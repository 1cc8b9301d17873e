package io.terrarium.core.membership;

import io.terrarium.contracts.id.OrganizationMembershipId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.UserId;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// How one person belongs to an organization.
///
/// @param userId null while nobody with that address has an account
/// @param email the person's, or the one that is invited
public record OrganizationMembership(
    long key,
    OrganizationMembershipId id,
    long organizationKey,
    String organizationName,
    @Nullable UserId userId,
    String email,
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

  public Status status() {
    return userId == null ? Status.INVITED : Status.ACTIVE;
  }
}
