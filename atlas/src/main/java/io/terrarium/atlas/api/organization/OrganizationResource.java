package io.terrarium.atlas.api.organization;

import io.terrarium.atlas.api.retention.RetentionPoliciesApi;
import io.terrarium.core.organization.Organization;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An organization on the wire; its id there is its name.
final class OrganizationResource {
  static final String TYPE = "organizations";

  private OrganizationResource() {}

  record Attributes(
      String externalId,
      String name,
      Instant createdAt,
      String email,
      @Nullable Integer sessionTimeout,
      @Nullable Integer sessionRemember,
      String collaboratorAuthPolicy,
      boolean planExpired,
      @Nullable Instant planExpiresAt,
      boolean planIsTrial,
      boolean planIsEnterprise,
      String planIdentifier,
      boolean costEstimationEnabled,
      boolean sendPassingStatusesForUntriggeredSpeculativePlans,
      boolean aggregatedCommitStatusEnabled,
      boolean speculativePlanManagementEnabled,
      boolean allowForceDeleteWorkspaces,
      boolean fairRunQueuingEnabled,
      boolean samlEnabled,
      @Nullable String ownersTeamSamlRoleId,
      boolean twoFactorConformant,
      boolean assessmentsEnforced,
      boolean isInDegradedMode,
      boolean isUnified,
      boolean globalModuleSharing,
      boolean globalProviderSharing,
      int moduleConsumingOrganizationsCount,
      int providerConsumingOrganizationsCount,
      boolean stacksEnabled,
      boolean overStacksResourceLimit,
      boolean recoverableItemsEnabled,
      boolean testGenerationEnabled,
      String defaultExecutionMode,
      boolean maxTtlEnabled,
      boolean userTokensEnabled,
      OrganizationPermissions permissions) {}

  static Resource of(OrganizationView view, boolean fairRunQueuing) {
    Organization organization = view.organization();
    String self = "/api/v2/organizations/" + organization.name();
    return new Resource(
        organization.name(),
        TYPE,
        attributes(view, fairRunQueuing),
        relationships(organization, self),
        Map.of("self", self));
  }

  private static Attributes attributes(OrganizationView view, boolean fairRunQueuing) {
    Organization organization = view.organization();
    OrganizationOptions options = organization.options();
    return new Attributes(
        organization.id().value(),
        options.name(),
        organization.createdAt(),
        options.email(),
        options.sessionTimeoutMinutes(),
        options.sessionRememberMinutes(),
        options.collaboratorAuthPolicy(),
        false,
        null,
        false,
        true,
        "enterprise",
        options.costEstimationEnabled(),
        options.sendPassingStatusesForUntriggeredSpeculativePlans(),
        options.aggregatedCommitStatusEnabled(),
        options.speculativePlanManagementEnabled(),
        options.allowForceDeleteWorkspaces(),
        fairRunQueuing,
        false,
        options.ownersTeamSamlRoleId(),
        options.collaboratorAuthPolicy().equals("password"),
        options.assessmentsEnforced(),
        false,
        false,
        organization.sharing().modules(),
        organization.sharing().providers(),
        0,
        0,
        false,
        false,
        false,
        false,
        options.defaultExecutionMode(),
        organization.limitsTokens(),
        options.userTokensEnabled(),
        OrganizationPermissions.of(view.access()));
  }

  private static Map<String, Relationship> relationships(Organization organization, String self) {
    Map<String, Relationship> relationships = new LinkedHashMap<>();
    relationships.put(
        "default-project",
        Relationship.one(
            "projects",
            organization.defaultProject().value(),
            "/api/v2/projects/" + organization.defaultProject().value()));
    relationships.put("default-agent-pool", Relationship.optional("agent-pools", Optional.empty()));
    relationships.put("authentication-token", Relationship.linked(self + "/authentication-token"));
    relationships.put(
        "entitlement-set",
        Relationship.one(
            EntitlementSetResource.TYPE, organization.id().value(), self + "/entitlement-set"));
    relationships.put(
        "data-retention-policy", RetentionPoliciesApi.relationship(organization.retention()));
    return relationships;
  }
}
