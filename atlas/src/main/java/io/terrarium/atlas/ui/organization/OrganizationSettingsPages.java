package io.terrarium.atlas.ui.organization;

import io.terrarium.atlas.api.organization.OrganizationRequest;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.Organization;
import io.terrarium.core.organization.Organization.OrganizationOptions;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.util.LinkedHashMap;
import java.util.Map;

/// What holds in a whole organization, and its end for who types its name.
public final class OrganizationSettingsPages {
  private static final String ONE = "/app/:organization_name";
  private static final String GENERAL = ONE + "/settings/general";
  private static final String SECTION = "settings";

  private final Pages pages;
  private final Organizations organizations;

  public OrganizationSettingsPages(Pages pages, Organizations organizations) {
    this.pages = pages;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(ONE + "/settings", call -> Reply.redirect(303, path(call.path("organization_name"))));
    api.get(GENERAL, this::show);
    api.post(GENERAL, this::update);
    api.post(ONE + "/delete", this::delete);
  }

  /// What the reader may do is told beside what holds.
  public record View(
      Organization organization,
      boolean mayUpdate,
      boolean mayDelete,
      Form form,
      Problems problems) {}

  private static String path(String organization) {
    return "/app/" + organization + "/settings/general";
  }

  private OrganizationView find(Call call) {
    return organizations.find(call.get(Principal.class), call.path("organization_name"));
  }

  private Reply show(Call call) {
    OrganizationView found = find(call);
    return page(call, 200, found, filled(found.organization()), Problems.NONE);
  }

  private Reply update(Call call) {
    Form form = call.get(Form.class);
    try {
      OrganizationView changed =
          organizations.update(
              call.get(Principal.class),
              call.path("organization_name"),
              OrganizationRequest.of(form.resource())::over);
      return pages.done(path(changed.organization().name()), "The settings are saved.");
    } catch (Fault.Invalid invalid) {
      return page(call, 422, find(call), form, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    OrganizationView found = find(call);
    String name = found.organization().name();
    found.access().require(OrganizationRight.DESTROY);
    if (!call.get(Form.class).text("confirmation").equals(name)) {
      Fault mistyped =
          new Fault.Invalid("confirmation", "Type the name of the organization, which is " + name);
      return page(call, 422, found, filled(found.organization()), Problems.of(mistyped));
    }
    try {
      organizations.delete(call.get(Principal.class), name);
      return pages.done(ReturnPath.HOME, "The organization " + name + " was deleted.");
    } catch (Fault.Conflict conflict) {
      return page(call, 409, found, filled(found.organization()), Problems.of(conflict));
    }
  }

  private static Form filled(Organization organization) {
    OrganizationOptions options = organization.options();
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("name", options.name());
    texts.put("email", options.email());
    texts.put("default-execution-mode", options.defaultExecutionMode());
    texts.put(
        "aggregated-commit-status-enabled",
        Boolean.toString(options.aggregatedCommitStatusEnabled()));
    texts.put(
        "speculative-plan-management-enabled",
        Boolean.toString(options.speculativePlanManagementEnabled()));
    texts.put(
        "send-passing-statuses-for-untriggered-speculative-plans",
        Boolean.toString(options.sendPassingStatusesForUntriggeredSpeculativePlans()));
    return Form.showing(texts);
  }

  private Reply page(Call call, int status, OrganizationView found, Form form, Problems problems) {
    View view =
        new View(
            found.organization(),
            found.access().allows(OrganizationRight.UPDATE),
            found.access().allows(OrganizationRight.DESTROY),
            form,
            problems);
    return pages.page(
        call,
        status,
        "Settings",
        Place.within(found.organization().name(), SECTION),
        "organization/general",
        view);
  }
}
