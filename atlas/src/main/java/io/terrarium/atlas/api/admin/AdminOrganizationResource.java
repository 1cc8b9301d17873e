package io.terrarium.atlas.api.admin;

import io.terrarium.contracts.id.UserId;
import io.terrarium.core.admin.AdminOrganization;
import io.terrarium.core.admin.AdminOrganization.AdminOptions;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An organization on the wire, as site admins see it; its id there is its name.
final class AdminOrganizationResource {
  static final String TYPE = "organizations";

  private AdminOrganizationResource() {}

  record Attributes(
      String name,
      String externalId,
      String notificationEmail,
      boolean accessBetaTools,
      boolean isDisabled,
      boolean globalModuleSharing,
      boolean globalProviderSharing,
      boolean ssoEnabled,
      boolean terraformWorkerSudoEnabled,
      @Nullable String terraformBuildWorkerPlanTimeout,
      @Nullable String terraformBuildWorkerApplyTimeout,
      @Nullable String planTimeout,
      @Nullable String applyTimeout,
      @Nullable Integer workspaceLimit) {}

  static Resource of(AdminOrganization organization) {
    AdminOptions options = organization.options();
    String planTimeout = text(options.planTimeoutSeconds());
    String applyTimeout = text(options.applyTimeoutSeconds());
    return new Resource(
        organization.name(),
        TYPE,
        new Attributes(
            organization.name(),
            organization.id().value(),
            organization.email(),
            options.accessBetaTools(),
            options.disabled(),
            options.globalModuleSharing(),
            options.globalProviderSharing(),
            false,
            false,
            planTimeout,
            applyTimeout,
            planTimeout,
            applyTimeout,
            options.workspaceLimit()),
        relationships(organization),
        Map.of("self", "/api/v2/admin/organizations/" + organization.name()));
  }

  private static @Nullable String text(@Nullable Integer seconds) {
    return seconds == null ? null : DurationText.ofSeconds(seconds);
  }

  private static Map<String, Relationship> relationships(AdminOrganization organization) {
    Map<String, Relationship> all = new LinkedHashMap<>();
    all.put(
        "owners",
        Relationship.many(
            AdminUserResource.TYPE, organization.owners().stream().map(UserId::value).toList()));
    all.put("subscription", Relationship.optional("subscriptions", Optional.empty()));
    all.put("feature-set", Relationship.optional("feature-sets", Optional.empty()));
    return all;
  }
}
