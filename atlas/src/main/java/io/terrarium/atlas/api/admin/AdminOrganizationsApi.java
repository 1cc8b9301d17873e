package io.terrarium.atlas.api.admin;

import io.terrarium.atlas.api.Includes;
import io.terrarium.core.access.Access;
import io.terrarium.core.access.Principal;
import io.terrarium.core.admin.AdminOrganization;
import io.terrarium.core.admin.AdminOrganizationFilter;
import io.terrarium.core.admin.AdminOrganizations;
import io.terrarium.core.admin.Counted;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.List;

/// All organizations, for site admins.
final class AdminOrganizationsApi {
  private static final String ALL = "/api/v2/admin/organizations";
  private static final String ONE = ALL + "/:organization_name";

  private final AdminOrganizations organizations;
  private final Includes<AdminOrganization> includes;

  AdminOrganizationsApi(AdminOrganizations organizations, Includes<AdminOrganization> includes) {
    this.organizations = organizations;
    this.includes = includes;
  }

  void mount(Api api) {
    api.get(ALL, this::list);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.delete(ONE, this::delete);
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    List<String> wanted = includes.wanted(call);
    AdminOrganizationFilter filter = filter(call);
    Counted<AdminOrganization> found = organizations.list(caller, filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(
                call,
                found.page().map(AdminOrganizationResource::of),
                includes.of(caller, found.page().items(), wanted))
            .withMeta("status-counts", found.statusCounts()));
  }

  /// `q` takes precedence over the searches of single attributes.
  private static AdminOrganizationFilter filter(Call call) {
    AdminOrganizationFilter filter =
        new AdminOrganizationFilter(
            AdminQuery.text(call, "q"),
            AdminQuery.text(call, "q[name]"),
            AdminQuery.text(call, "q[email]"),
            AdminQuery.flag(call, "filter[module_producer]"));
    return filter.any().isPresent() ? filter.withAnyAlone() : filter;
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    AdminOrganization found = organizations.find(caller, call.path("organization_name"));
    return Reply.document(
        200,
        Document.of(
            AdminOrganizationResource.of(found),
            includes.of(caller, List.of(found), includes.wanted(call))));
  }

  private Reply update(Call call) {
    Principal caller = call.get(Principal.class);
    Access.requireSiteAdmin(caller);
    AdminOrganizationRequest request = AdminOrganizationRequest.of(call);
    return Reply.document(
        200,
        Document.of(
            AdminOrganizationResource.of(
                organizations.update(caller, call.path("organization_name"), request::over))));
  }

  private Reply delete(Call call) {
    organizations.delete(call.get(Principal.class), call.path("organization_name"));
    return Reply.noContent();
  }
}
