package io.terrarium.atlas.ui.registryprovider;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.registrymodule.ModuleRoutes;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.registry.VersionOrder;
import io.terrarium.core.registryprovider.ProviderVersion;
import io.terrarium.core.registryprovider.ProviderVersions;
import io.terrarium.core.registryprovider.RegistryProvider;
import io.terrarium.core.registryprovider.RegistryProviders;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The providers of an organization's private registry, and a new one.
public final class ProviderListPages {
  private final Pages pages;
  private final RegistryProviders providers;
  private final ProviderVersions versions;
  private final Organizations organizations;

  public ProviderListPages(
      Pages pages,
      RegistryProviders providers,
      ProviderVersions versions,
      Organizations organizations) {
    this.pages = pages;
    this.providers = providers;
    this.versions = versions;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(ProviderRoutes.LIST, this::list);
    api.get(ProviderRoutes.NEW, call -> ask(call, 200, "", Problems.NONE));
    api.post(ProviderRoutes.NEW, this::create);
  }

  /// @param latest of its versions, where it has any
  public record Row(RegistryProvider provider, Optional<String> latest) {
    public String path() {
      return ProviderRoutes.path(provider);
    }
  }

  /// @param mayPublish whether the reader may make providers
  public record View(String organization, boolean mayPublish, String search, Paged<Row> found) {
    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }
  }

  public record NewView(String name, Problems problems) {}

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView organization = organizations.find(caller, call.path("organization_name"));
    String name = organization.organization().name();
    String search = call.query("search").orElse("").strip();
    Paged<RegistryProviders.Visible> found = providers.list(caller, name, search, Page.of(call));
    View view =
        new View(
            name,
            organization.access().allows(OrganizationRight.MANAGE_PROVIDERS),
            search,
            found.withItems(rows(found.items())));
    return pages.page(
        call, "Providers", Place.within(name, ModuleRoutes.SECTION), "registryprovider/list", view);
  }

  private List<Row> rows(List<RegistryProviders.Visible> found) {
    Map<Long, List<String>> numbers =
        versions.of(found).stream()
            .map(ProviderVersions.Visible::version)
            .collect(
                Collectors.groupingBy(
                    version -> version.owner().providerKey(),
                    Collectors.mapping(ProviderVersion::version, Collectors.toList())));
    return found.stream()
        .map(RegistryProviders.Visible::provider)
        .map(provider ->
            new Row(provider, VersionOrder.latest(numbers.getOrDefault(provider.key(), List.of()))))
        .toList();
  }

  private Reply create(Call call) {
    String name = call.get(Form.class).text("name");
    try {
      RegistryProvider made =
          providers
              .create(call.get(Principal.class), new Address(call.path("organization_name"), name))
              .provider();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          ProviderRoutes.path(made),
          "The provider " + name + " is there. Upload a version of it by the API.");
    } catch (Fault.Invalid invalid) {
      return ask(call, 422, name, Problems.of(invalid));
    }
  }

  private Reply ask(Call call, int status, String name, Problems problems) {
    OrganizationView organization =
        organizations.find(call.get(Principal.class), call.path("organization_name"));
    organization.access().require(OrganizationRight.MANAGE_PROVIDERS);
    return pages.page(
        call,
        status,
        "New provider",
        ProviderRoutes.among(organization.organization().name()),
        "registryprovider/new",
        new NewView(name, problems));
  }
}
