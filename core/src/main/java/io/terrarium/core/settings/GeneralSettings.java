package io.terrarium.core.settings;

import org.jspecify.annotations.Nullable;

/// The general settings of the site.
///
/// @param limitUserOrganizationCreation only site admins may create organizations
/// @param apiRateLimit requests a second and user, where the limit is on
/// @param defaultRemoteStateAccess whether new workspaces let all others read their state
public record GeneralSettings(
    boolean limitUserOrganizationCreation,
    boolean apiRateLimitingEnabled,
    int apiRateLimit,
    boolean sendPassingStatusesForUntriggeredSpeculativePlans,
    boolean allowSpeculativePlansOnPullRequestsFromForks,
    boolean requireTwoFactorForAdmins,
    boolean fairRunQueuingEnabled,
    boolean defaultRemoteStateAccess,
    boolean limitOrganizationsPerUser,
    @Nullable Integer defaultOrganizationsPerUserCeiling,
    boolean limitWorkspacesPerOrganization,
    @Nullable Integer defaultWorkspacesPerOrganizationCeiling,
    int planTimeoutSeconds,
    int applyTimeoutSeconds) {}
