package io.terrarium.atlas.api.account;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What a person may do outside of organizations; false for what does not exist here.
record UserPermissions(
    boolean canCreateOrganization,
    boolean canViewOrganizations,
    boolean canViewSettings,
    boolean canViewSmtpSettings,
    boolean canViewTwilioSettings,
    boolean canViewSamlSettings,
    boolean canViewAdminWorkspaces,
    boolean canViewAdminRuns,
    boolean canViewCustomizationSettings,
    boolean canViewCostEstimationSettings,
    boolean canViewToolVersions,
    boolean canCreateToolVersions,
    boolean canViewGeneralSettings,
    boolean canUseSqlRunner,
    boolean canViewProfile,
    boolean canChangeEmail,
    boolean canChangeUsername,
    boolean canChangePassword,
    boolean canManageSessions,
    boolean canManageUserTokens,
    boolean canUpdateUser,
    @JsonProperty("can-reenable-2fa-by-unlinking") boolean canReenableTwoFactorByUnlinking,
    boolean canManageHcpAccounts) {
  static UserPermissions of(boolean siteAdmin, boolean canCreateOrganization) {
    return new UserPermissions(
        canCreateOrganization,
        true,
        siteAdmin,
        false,
        false,
        false,
        siteAdmin,
        siteAdmin,
        false,
        false,
        siteAdmin,
        siteAdmin,
        siteAdmin,
        false,
        true,
        true,
        true,
        true,
        false,
        true,
        true,
        false,
        false);
  }
}
