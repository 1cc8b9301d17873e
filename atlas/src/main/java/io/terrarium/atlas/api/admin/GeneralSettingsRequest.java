package io.terrarium.atlas.api.admin;

import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// A change of the general settings; all that is wrong with it is reported together.
public final class GeneralSettingsRequest {
  private static final int RATE_LIMIT_LEAST = 30;

  private final Incoming incoming;

  private GeneralSettingsRequest(Incoming incoming) {
    this.incoming = incoming;
  }

  static GeneralSettingsRequest of(Call call) {
    return of(Incoming.of(call, GeneralSettingsResource.TYPE));
  }

  public static GeneralSettingsRequest of(Incoming incoming) {
    return new GeneralSettingsRequest(incoming);
  }

  /// The same with what was asked for.
  public GeneralSettings over(GeneralSettings before) {
    GeneralSettings after =
        new GeneralSettings(
            flag("limit-user-organization-creation", before.limitUserOrganizationCreation()),
            flag("api-rate-limiting-enabled", before.apiRateLimitingEnabled()),
            number("api-rate-limit", before.apiRateLimit(), RATE_LIMIT_LEAST),
            flag(
                "send-passing-statuses-for-untriggered-speculative-plans",
                before.sendPassingStatusesForUntriggeredSpeculativePlans()),
            flag(
                "allow-speculative-plans-on-pull-requests-from-forks",
                before.allowSpeculativePlansOnPullRequestsFromForks()),
            flag("require-two-factor-for-admins", before.requireTwoFactorForAdmins()),
            flag("fair-run-queuing-enabled", before.fairRunQueuingEnabled()),
            flag("default-remote-state-access", before.defaultRemoteStateAccess()),
            flag("limit-organizations-per-user", before.limitOrganizationsPerUser()),
            ceiling(
                "default-organizations-per-user-ceiling",
                before.defaultOrganizationsPerUserCeiling()),
            flag("limit-workspaces-per-organization", before.limitWorkspacesPerOrganization()),
            ceiling(
                "default-workspaces-per-organization-ceiling",
                before.defaultWorkspacesPerOrganizationCeiling()),
            seconds("plan-timeout", before.planTimeoutSeconds()),
            seconds("apply-timeout", before.applyTimeoutSeconds()));
    incoming.check();
    return after;
  }

  private boolean flag(String attribute, boolean before) {
    return incoming.flag(attribute).over(before);
  }

  private int number(String attribute, int before, int least) {
    Optional<Long> given = incoming.number(attribute).given();
    if (given.isEmpty()) {
      return before;
    }
    if (given.get() < least || given.get() > Integer.MAX_VALUE) {
      incoming.problem(attribute, "must be at least " + least);
      return before;
    }
    return given.get().intValue();
  }

  /// Null lifts the ceiling, and so does nothing in a field of a form.
  private @Nullable Integer ceiling(String attribute, @Nullable Integer before) {
    if (isBlank(attribute)) {
      return null;
    }
    return switch (incoming.number(attribute)) {
      case Patch.Absent<Long> _ -> before;
      case Patch.Null<Long> _ -> null;
      case Patch.Value<Long> _ -> number(attribute, 1, 1);
    };
  }

  private boolean isBlank(String attribute) {
    return incoming.tree(attribute).filter(given -> given.asText("?").isBlank()).isPresent();
  }

  private int seconds(String attribute, int before) {
    Optional<String> given = incoming.text(attribute).given();
    if (given.isEmpty()) {
      return before;
    }
    Optional<Integer> seconds = DurationText.parse(given.get());
    if (seconds.isEmpty()) {
      incoming.problem(attribute, "must be a duration such as \"2h\" or \"1h30m\"");
    }
    return seconds.orElse(before);
  }
}
