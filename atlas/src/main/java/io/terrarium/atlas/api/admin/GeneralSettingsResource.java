package io.terrarium.atlas.api.admin;

import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The general settings on the wire.
final class GeneralSettingsResource {
  static final String TYPE = "general-settings";

  private GeneralSettingsResource() {}

  record Attributes(
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
      String planTimeout,
      String applyTimeout) {
    static Attributes of(GeneralSettings settings) {
      return new Attributes(
          settings.limitUserOrganizationCreation(),
          settings.apiRateLimitingEnabled(),
          settings.apiRateLimit(),
          settings.sendPassingStatusesForUntriggeredSpeculativePlans(),
          settings.allowSpeculativePlansOnPullRequestsFromForks(),
          settings.requireTwoFactorForAdmins(),
          settings.fairRunQueuingEnabled(),
          settings.defaultRemoteStateAccess(),
          settings.limitOrganizationsPerUser(),
          settings.defaultOrganizationsPerUserCeiling(),
          settings.limitWorkspacesPerOrganization(),
          settings.defaultWorkspacesPerOrganizationCeiling(),
          DurationText.ofSeconds(settings.planTimeoutSeconds()),
          DurationText.ofSeconds(settings.applyTimeoutSeconds()));
    }
  }

  static Document document(GeneralSettings settings) {
    return Document.of(new Resource(TYPE, TYPE, Attributes.of(settings), Map.of(), Map.of()));
  }
}
