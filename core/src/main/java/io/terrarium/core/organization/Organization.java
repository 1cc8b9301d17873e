package io.terrarium.core.organization;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.OwnRetention;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// An organization; clients name it by its name, the mesh by its id.
public record Organization(
    long key,
    OrganizationId id,
    ProjectId defaultProject,
    Instant createdAt,
    Sharing sharing,
    @Nullable OwnRetention retention,
    OrganizationOptions options) {
  public String name() {
    return options.name();
  }

  /// What it has in common with all other organizations, which site admins decide.
  public record Sharing(boolean modules, boolean providers) {}

  /// What can be changed.
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
      @Nullable String ownersTeamSamlRoleId) {
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
          null);
    }
  }
}
