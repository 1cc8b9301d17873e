package io.terrarium.atlas.api.organization;

import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An organization as a client wants it, or somebody who fills in a form.
public final class OrganizationRequest {
  private final Incoming incoming;

  private OrganizationRequest(Incoming incoming) {
    this.incoming = incoming;
  }

  static OrganizationRequest of(Call call) {
    return new OrganizationRequest(Incoming.of(call, OrganizationResource.TYPE));
  }

  public static OrganizationRequest of(Incoming incoming) {
    return new OrganizationRequest(incoming);
  }

  OrganizationOptions created() {
    return over(OrganizationOptions.initial("", ""));
  }

  public OrganizationOptions over(OrganizationOptions before) {
    OrganizationOptions after =
        new OrganizationOptions(
            text("name", before.name()),
            text("email", before.email()),
            text("default-execution-mode", before.defaultExecutionMode()),
            text("collaborator-auth-policy", before.collaboratorAuthPolicy()),
            minutes("session-timeout", before.sessionTimeoutMinutes()),
            minutes("session-remember", before.sessionRememberMinutes()),
            flag("allow-force-delete-workspaces", before.allowForceDeleteWorkspaces()),
            flag("aggregated-commit-status-enabled", before.aggregatedCommitStatusEnabled()),
            flag("speculative-plan-management-enabled", before.speculativePlanManagementEnabled()),
            flag(
                "send-passing-statuses-for-untriggered-speculative-plans",
                before.sendPassingStatusesForUntriggeredSpeculativePlans()),
            flag("cost-estimation-enabled", before.costEstimationEnabled()),
            flag("assessments-enforced", before.assessmentsEnforced()),
            clearable("owners-team-saml-role-id", before.ownersTeamSamlRoleId()),
            incoming.flag("max-ttl-enabled").given().orElse(before.maxTtlEnabled()),
            flag("user-tokens-enabled", before.userTokensEnabled()));
    incoming.check();
    return after;
  }

  private String text(String attribute, String before) {
    return incoming.text(attribute).over(before);
  }

  private boolean flag(String attribute, boolean before) {
    return incoming.flag(attribute).over(before);
  }

  private @Nullable String clearable(String attribute, @Nullable String before) {
    return switch (incoming.text(attribute)) {
      case Patch.Absent<String> _ -> before;
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String value) -> value;
    };
  }

  private @Nullable Integer minutes(String attribute, @Nullable Integer before) {
    Patch<Long> patch = incoming.number(attribute);
    if (patch instanceof Patch.Null<Long>) {
      return null;
    }
    Optional<Long> given = patch.given();
    if (given.isEmpty()) {
      return before;
    }
    if (given.get() < 1 || given.get() > Integer.MAX_VALUE) {
      incoming.problem(attribute, "must be at least 1 minute");
      return before;
    }
    return given.get().intValue();
  }
}
