package io.terrarium.atlas.ui.admin;

import io.terrarium.atlas.api.admin.AdminOrganizationRequest;
import io.terrarium.atlas.api.admin.DurationText;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminOrganization;
import io.terrarium.core.admin.AdminOrganization.AdminOptions;
import io.terrarium.core.admin.AdminOrganizationFilter;
import io.terrarium.core.admin.AdminOrganizations;
import io.terrarium.core.admin.Counted;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// All organizations, and what site admins alone decide about one.
public final class AdminOrganizationPages {
  private static final String SECTION = "organizations";
  private static final String LIST = AdminPlace.ROOT + SECTION;
  private static final String ONE = LIST + "/:organization_name";

  private final Pages pages;
  private final AdminOrganizations organizations;

  public AdminOrganizationPages(Pages pages, AdminOrganizations organizations) {
    this.pages = pages;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(LIST, this::list);
    api.get(ONE, this::show);
    api.post(ONE + "/update", this::update);
    api.post(ONE + "/delete", this::delete);
  }

  public record ListView(Counted<AdminOrganization> found, String search) {
    public String query() {
      return AdminPlace.query(Map.of("search", search));
    }
  }

  public record View(AdminOrganization organization, Form form, Problems problems) {}

  private Reply list(Call call) {
    String search = AdminPlace.asked(call, "search");
    AdminOrganizationFilter filter =
        new AdminOrganizationFilter(
            AdminPlace.narrowed(search), Optional.empty(), Optional.empty(), Optional.empty());
    Counted<AdminOrganization> found =
        organizations.list(call.get(Principal.class), filter, Page.of(call));
    return pages.page(
        call,
        "Organizations of the site",
        AdminPlace.of(SECTION),
        "admin/organizations",
        new ListView(found, search));
  }

  private Reply show(Call call) {
    AdminOrganization found = found(call);
    return page(call, 200, found, filled(found.options()), Problems.NONE);
  }

  private Reply update(Call call) {
    AdminOrganization before = found(call);
    Form form = call.get(Form.class);
    try {
      organizations.update(
          call.get(Principal.class),
          before.name(),
          AdminOrganizationRequest.of(form.resource())::over);
    } catch (Fault.Invalid invalid) {
      return page(call, 422, before, form, Problems.of(invalid));
    }
    return pages.done(LIST + "/" + before.name(), before.name() + " is changed.");
  }

  private Reply delete(Call call) {
    AdminOrganization gone = found(call);
    organizations.delete(call.get(Principal.class), gone.name());
    return pages.done(LIST, "The organization " + gone.name() + " is gone.");
  }

  private AdminOrganization found(Call call) {
    return organizations.find(call.get(Principal.class), call.path("organization_name"));
  }

  private static Form filled(AdminOptions options) {
    Map<String, String> texts = new LinkedHashMap<>();
    texts.put("is-disabled", Boolean.toString(options.disabled()));
    texts.put("access-beta-tools", Boolean.toString(options.accessBetaTools()));
    texts.put("plan-timeout", duration(options.planTimeoutSeconds()));
    texts.put("apply-timeout", duration(options.applyTimeoutSeconds()));
    texts.put("workspace-limit", Objects.toString(options.workspaceLimit(), ""));
    return Form.showing(texts);
  }

  private static String duration(@Nullable Integer seconds) {
    return seconds == null ? "" : DurationText.ofSeconds(seconds);
  }

  private Reply page(
      Call call, int status, AdminOrganization organization, Form form, Problems problems) {
    return pages.page(
        call,
        status,
        organization.name(),
        AdminPlace.below(SECTION, "Organizations"),
        "admin/organization",
        new View(organization, form, problems));
  }
}
