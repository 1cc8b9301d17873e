package io.terrarium.core.organization;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.OwnRetention;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An organization; clients name it by its name, the mesh by its id.
///
/// @param hasTokenLimits whether something is said of how long tokens may live
public record Organization(
    long key,
    OrganizationId id,
    ProjectId defaultProject,
    Instant createdAt,
    Sharing sharing,
    @Nullable OwnRetention retention,
    boolean hasTokenLimits,
    OrganizationOptions options) {
  public String name() {
    return options.name();
  }

  /// Whether tokens end at the age that their types may reach.
  public boolean limitsTokens() {
    return options.maxTtlEnabled() == null ? hasTokenLimits : options.maxTtlEnabled();
  }

  /// What it has in common with all other organizations, which site admins decide.
  public record Sharing(boolean modules, boolean providers) {}

  /// What can be changed.
  ///
  /// @param maxTtlEnabled whether what is said of tokens' lives holds; null where nobody said: then
  ///   it does
  /// @param userTokensEnabled whether tokens of persons work in it
  public record OrganizationOptions(
      String name,
      String email,
      String defaultExecutionMode,
      String collaboratorAuthPolicy,
      @Nullable Integer sessionTimeoutMinutes,
      @Nullable Integer sessionRememberMinutes,
      boolean allowForceDeleteWorkspaces,
      boolean aggregatedCommitStatusEnabled,
      boolean speculativePlanManagementEnabled,
      boolean sendPassingStatusesForUntriggeredSpeculativePlans,
      boolean costEstimationEnabled,
      boolean assessmentsEnforced,
      @Nullable String ownersTeamSamlRoleId,
      @Nullable Boolean maxTtlEnabled,
      boolean userTokensEnabled) {
    /// As an organization starts.
    public static OrganizationOptions initial(String name, String email) {
      return new OrganizationOptions(
          name,
          email,
          "remote",
          "password",
          null,
          null,
          false,
          true,
          true,
          false,
          false,
          false,
          null,
          null,
          true);
    }
  }
}
