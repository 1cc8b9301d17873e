package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.OrganizationView;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/// The modules of an organization's private registry.
public final class ModuleListPages {
  private final Pages pages;
  private final RegistryModules modules;
  private final Organizations organizations;

  public ModuleListPages(Pages pages, RegistryModules modules, Organizations organizations) {
    this.pages = pages;
    this.modules = modules;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(ModuleRoutes.LIST, this::list);
  }

  /// @param mayPublish whether the reader may publish modules
  public record View(
      String organization,
      boolean mayPublish,
      RegistryModules.Filter asked,
      Paged<RegistryModule> found) {
    /// What another page of the list is asked for with.
    public String query() {
      return "search=" + encoded(asked.any()) + "&provider=" + encoded(asked.provider());
    }

    private static String encoded(String text) {
      return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    /// Whether there is none at all.
    public boolean isEmpty() {
      return found.totalCount() == 0 && asked.any().isEmpty() && asked.provider().isEmpty();
    }

    public String path(RegistryModule module) {
      return ModuleRoutes.path(module);
    }
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    OrganizationView organization = organizations.find(caller, call.path("organization_name"));
    String name = organization.organization().name();
    RegistryModules.Filter asked =
        new RegistryModules.Filter(
            call.query("search").orElse("").strip(), call.query("provider").orElse("").strip());
    View view =
        new View(
            name,
            organization.access().allows(OrganizationRight.MANAGE_MODULES),
            asked,
            modules.list(caller, name, asked, Page.of(call)).map(RegistryModules.Visible::module));
    return pages.page(
        call, "Modules", Place.within(name, ModuleRoutes.SECTION), "registrymodule/list", view);
  }
}
