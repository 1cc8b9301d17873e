package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.api.admin.DurationText;
import io.terrarium.atlas.api.admin.GeneralSettingsRequest;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.settings.GeneralSettings;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/// The general settings of the site.
public final class GeneralSettingsPages {
  private static final String SECTION = "general-settings";
  private static final String PATH = AdminPlace.ROOT + SECTION;

  private final Pages pages;
  private final Settings settings;

  public GeneralSettingsPages(Pages pages, Settings settings) {
    this.pages = pages;
    this.settings = settings;
  }

  public void mount(Api api) {
    api.get(PATH, this::show);
    api.post(PATH, this::update);
  }

  public record View(Form form, Problems problems) {}

  private Reply show(Call call) {
    GeneralSettings found = settings.show(call.get(Principal.class));
    return page(call, 200, filled(found), Problems.NONE);
  }

  private Reply update(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    Form form = call.get(Form.class);
    try {
      settings.change(caller, GeneralSettingsRequest.of(form.resource())::over);
    } catch (Fault.Invalid invalid) {
      return page(call, 422, form, Problems.of(invalid));
    }
    return pages.done(PATH, "The settings are changed.");
  }

  private static Form filled(GeneralSettings found) {
    Map<String, String> texts = new LinkedHashMap<>();
    put(texts, "limit-user-organization-creation", found.limitUserOrganizationCreation());
    put(texts, "limit-organizations-per-user", found.limitOrganizationsPerUser());
    texts.put(
        "default-organizations-per-user-ceiling",
        Objects.toString(found.defaultOrganizationsPerUserCeiling(), ""));
    put(texts, "limit-workspaces-per-organization", found.limitWorkspacesPerOrganization());
    texts.put(
        "default-workspaces-per-organization-ceiling",
        Objects.toString(found.defaultWorkspacesPerOrganizationCeiling(), ""));
    put(texts, "default-remote-state-access", found.defaultRemoteStateAccess());
    put(texts, "fair-run-queuing-enabled", found.fairRunQueuingEnabled());
    texts.put("plan-timeout", DurationText.ofSeconds(found.planTimeoutSeconds()));
    texts.put("apply-timeout", DurationText.ofSeconds(found.applyTimeoutSeconds()));
    put(
        texts,
        "send-passing-statuses-for-untriggered-speculative-plans",
        found.sendPassingStatusesForUntriggeredSpeculativePlans());
    put(
        texts,
        "allow-speculative-plans-on-pull-requests-from-forks",
        found.allowSpeculativePlansOnPullRequestsFromForks());
    put(texts, "api-rate-limiting-enabled", found.apiRateLimitingEnabled());
    texts.put("api-rate-limit", Integer.toString(found.apiRateLimit()));
    return Form.showing(texts);
  }

  private static void put(Map<String, String> texts, String name, boolean value) {
    texts.put(name, Boolean.toString(value));
  }

  private Reply page(Call call, int status, Form form, Problems problems) {
    return pages.page(
        call,
        status,
        "General settings",
        AdminPlace.of(SECTION),
        "admin/generalSettings",
        new View(form, problems));
  }
}
