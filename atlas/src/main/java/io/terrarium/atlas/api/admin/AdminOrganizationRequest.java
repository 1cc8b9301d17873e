package io.terrarium.atlas.api.admin;

import io.terrarium.core.admin.AdminOrganization.AdminOptions;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Patch;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// An organization as a site admin wants it. The time limits have two names each, of which the
/// shorter, newer one wins.
public final class AdminOrganizationRequest {
  private static final String LIMIT = "workspace-limit";
  private static final int TIMEOUT_SECONDS_MAX = 7 * 24 * 3600;

  private final Incoming incoming;

  private AdminOrganizationRequest(Incoming incoming) {
    this.incoming = incoming;
  }

  static AdminOrganizationRequest of(Call call) {
    return of(Incoming.of(call, AdminOrganizationResource.TYPE));
  }

  public static AdminOrganizationRequest of(Incoming incoming) {
    return new AdminOrganizationRequest(incoming);
  }

  /// The same with what was asked for.
  public AdminOptions over(AdminOptions before) {
    if (incoming.flag("terraform-worker-sudo-enabled").over(false)) {
      incoming.problem("terraform-worker-sudo-enabled", "must be false: no build is ever root");
    }
    AdminOptions after =
        new AdminOptions(
            incoming.flag("access-beta-tools").over(before.accessBetaTools(), false),
            incoming.flag("is-disabled").over(before.disabled(), false),
            incoming.flag("global-module-sharing").over(before.globalModuleSharing(), false),
            incoming.flag("global-provider-sharing").over(before.globalProviderSharing(), false),
            seconds(
                "plan-timeout",
                seconds("terraform-build-worker-plan-timeout", before.planTimeoutSeconds())),
            seconds(
                "apply-timeout",
                seconds("terraform-build-worker-apply-timeout", before.applyTimeoutSeconds())),
            limit(before.workspaceLimit()));
    incoming.check();
    return after;
  }

  /// Null lets the site's hold again, and so does nothing in a field of a form.
  private @Nullable Integer seconds(String attribute, @Nullable Integer before) {
    return switch (incoming.text(attribute)) {
      case Patch.Absent<String> _ -> before;
      case Patch.Null<String> _ -> null;
      case Patch.Value<String>(String text) when text.isBlank() -> null;
      case Patch.Value<String>(String text) -> {
        Optional<Integer> seconds =
            DurationText.parse(text).filter(number -> number <= TIMEOUT_SECONDS_MAX);
        if (seconds.isEmpty()) {
          incoming.problem(
              attribute, "must be a duration such as \"2h\" or \"1h30m\", of a week at most");
        }
        yield seconds.orElse(before);
      }
    };
  }

  private @Nullable Integer limit(@Nullable Integer before) {
    if (incoming.tree(LIMIT).filter(given -> given.asText("?").isBlank()).isPresent()) {
      return null;
    }
    return switch (incoming.number(LIMIT)) {
      case Patch.Absent<Long> _ -> before;
      case Patch.Null<Long> _ -> null;
      case Patch.Value<Long>(Long number) -> {
        if (number < 0 || number > Integer.MAX_VALUE) {
          incoming.problem(LIMIT, "must be a number of workspaces, or 0 for no limit");
          yield before;
        }
        yield number.intValue();
      }
    };
  }
}
