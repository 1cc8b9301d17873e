package io.terrarium.atlas.api.organization;

import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;

/// What an organization is entitled to: true only for what exists, since clients believe it.
final class EntitlementSetResource {
  static final String TYPE = "entitlement-sets";

  private EntitlementSetResource() {}

  record Attributes(
      boolean agents,
      boolean auditLogging,
      boolean configurationDesigner,
      boolean costEstimation,
      boolean globalRunTasks,
      boolean moduleTestsGeneration,
      boolean operations,
      boolean policyEnforcement,
      boolean privateModuleRegistry,
      boolean privatePolicyAgents,
      boolean privateRunTasks,
      boolean privateVcs,
      boolean runTasks,
      boolean selfServeBilling,
      boolean sentinel,
      boolean sso,
      boolean stateStorage,
      boolean teams,
      boolean usageReporting,
      boolean vcsIntegrations) {
    /// `operations` are remote runs, `stateStorage` their states.
    static final Attributes SITE =
        new Attributes(
            false, false, false, false, false, false, true, false, true, false, false, false, false,
            false, false, false, true, true, false, true);
  }

  static Resource of(OrganizationAccess organization) {
    return new Resource(
        organization.id().value(),
        TYPE,
        Attributes.SITE,
        Map.of(),
        Map.of("self", "/api/v2/organizations/" + organization.name() + "/entitlement-set"));
  }
}
