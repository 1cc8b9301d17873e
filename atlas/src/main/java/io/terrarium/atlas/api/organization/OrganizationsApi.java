package io.terrarium.atlas.api.organization;

import io.terrarium.atlas.api.Includes;
import io.terrarium.atlas.api.project.ProjectsApi;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationFilter;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.settings.Settings;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Organizations and their entitlements.
public final class OrganizationsApi {
  private static final String ALL = "/api/v2/organizations";
  private static final String ONE = "/api/v2/organizations/:organization_name";

  private final Organizations organizations;
  private final Settings settings;
  private final Includes<OrganizationView> includes;

  public OrganizationsApi(Organizations organizations, Settings settings, ProjectsApi projects) {
    this.organizations = organizations;
    this.settings = settings;
    this.includes = includes(projects);
  }

  public void mount(Api api) {
    api.get(ALL, this::list);
    api.post(ALL, this::create);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.put(ONE, this::update);
    api.delete(ONE, this::delete);
    api.get(ONE + "/entitlement-set", this::entitlements);
  }

  private Reply list(Call call) {
    OrganizationFilter filter =
        new OrganizationFilter(
            call.query("q").orElse("").strip(),
            call.query("q[name]").orElse("").strip(),
            call.query("q[email]").orElse("").strip());
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    Paged<OrganizationView> found = organizations.list(caller, filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(call, found.map(this::resource), includes.of(caller, found.items(), wanted)));
  }

  private Reply create(Call call) {
    OrganizationRequest request = OrganizationRequest.of(call);
    return document(201, organizations.create(call.get(Principal.class), request.created()));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    OrganizationView found = organizations.find(caller, call.path("organization_name"));
    return Reply.document(
        200, Document.of(resource(found), includes.of(caller, List.of(found), wanted)));
  }

  private static Includes<OrganizationView> includes(ProjectsApi projects) {
    Includes.Renderer<OrganizationView> project =
        Includes.Renderer.toAll(
            found -> List.of(found.organization().defaultProject()), projects::resources);
    Includes.Renderer<OrganizationView> entitlements =
        Includes.Renderer.each((_, found) -> List.of(EntitlementSetResource.of(found.access())));
    return new Includes<>(
        Set.of(
            "subscription",
            "entitlement_set",
            "entitlement-set",
            "default_project",
            "default-project"),
        Map.of(
            "entitlement_set", entitlements,
            "entitlement-set", entitlements,
            "default_project", project,
            "default-project", project));
  }

  private Reply update(Call call) {
    OrganizationRequest request = OrganizationRequest.of(call);
    return document(
        200,
        organizations.update(
            call.get(Principal.class), call.path("organization_name"), request::over));
  }

  private Reply delete(Call call) {
    organizations.delete(call.get(Principal.class), call.path("organization_name"));
    return Reply.noContent();
  }

  private Reply entitlements(Call call) {
    return Reply.document(
        200,
        Document.of(
            EntitlementSetResource.of(
                organizations
                    .find(call.get(Principal.class), call.path("organization_name"))
                    .access())));
  }

  /// For `include=organization` of other resources.
  public Resource resource(Principal caller, String name) {
    return resource(organizations.find(caller, name));
  }

  private Reply document(int status, OrganizationView view) {
    return Reply.document(status, Document.of(resource(view)));
  }

  private Resource resource(OrganizationView view) {
    return OrganizationResource.of(view, settings.current().fairRunQueuingEnabled());
  }
}
