package io.terrarium.core.settings;

import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.Handle;

/// The one row of general settings.
final class SettingsStore {
  private static final String FIND = "SELECT * FROM general_settings";

  private static final String REPLACE =
      """
      UPDATE general_settings
         SET limit_user_organization_creation = :limitUserOrganizationCreation,
             api_rate_limiting_enabled = :apiRateLimitingEnabled,
             api_rate_limit = :apiRateLimit,
             send_passing_statuses_for_untriggered_speculative_plans =
               :sendPassingStatusesForUntriggeredSpeculativePlans,
             allow_speculative_plans_on_pull_requests_from_forks =
               :allowSpeculativePlansOnPullRequestsFromForks,
             require_two_factor_for_admins = :requireTwoFactorForAdmins,
             fair_run_queuing_enabled = :fairRunQueuingEnabled,
             default_remote_state_access = :defaultRemoteStateAccess,
             limit_organizations_per_user = :limitOrganizationsPerUser,
             default_organizations_per_user_ceiling = :defaultOrganizationsPerUserCeiling,
             limit_workspaces_per_organization = :limitWorkspacesPerOrganization,
             default_workspaces_per_organization_ceiling =
               :defaultWorkspacesPerOrganizationCeiling,
             plan_timeout_seconds = :planTimeoutSeconds,
             apply_timeout_seconds = :applyTimeoutSeconds
      """;

  GeneralSettings find(Handle db) {
    return db.createQuery(FIND).map((row, _) -> settings(row)).one();
  }

  /// The row stays locked until the end of the transaction, so that no change is lost.
  GeneralSettings findForUpdate(Handle db) {
    return db.createQuery(FIND + " FOR UPDATE").map((row, _) -> settings(row)).one();
  }

  void replace(Handle db, GeneralSettings settings) {
    db.createUpdate(REPLACE).bindMethods(settings).execute();
  }

  private static GeneralSettings settings(ResultSet row) throws SQLException {
    return new GeneralSettings(
        row.getBoolean("limit_user_organization_creation"),
        row.getBoolean("api_rate_limiting_enabled"),
        row.getInt("api_rate_limit"),
        row.getBoolean("send_passing_statuses_for_untriggered_speculative_plans"),
        row.getBoolean("allow_speculative_plans_on_pull_requests_from_forks"),
        row.getBoolean("require_two_factor_for_admins"),
        row.getBoolean("fair_run_queuing_enabled"),
        row.getBoolean("default_remote_state_access"),
        row.getBoolean("limit_organizations_per_user"),
        row.getObject("default_organizations_per_user_ceiling", Integer.class),
        row.getBoolean("limit_workspaces_per_organization"),
        row.getObject("default_workspaces_per_organization_ceiling", Integer.class),
        row.getInt("plan_timeout_seconds"),
        row.getInt("apply_timeout_seconds"));
  }
}
