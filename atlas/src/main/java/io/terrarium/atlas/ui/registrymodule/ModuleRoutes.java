package io.terrarium.atlas.ui.registrymodule;

import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.registrymodule.RegistryModule;
import io.terrarium.core.registrymodule.RegistryModules;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// Where the pages of modules are.
public final class ModuleRoutes {
  /// The section of the navigation that providers belong to too.
  public static final String SECTION = "registry";

  static final String LIST = "/app/:organization_name/registry/private/modules";
  static final String NEW = "/app/:organization_name/registry/modules/new";
  static final String ONE =
      "/app/:organization_name/registry/modules/private/:namespace/:module_name/:provider";
  static final String VERSION = ONE + "/:version";

  private ModuleRoutes() {}

  static String list(String organization) {
    return "/app/" + organization + "/registry/private/modules";
  }

  /// The address of a module's page.
  public static String path(RegistryModule module) {
    String organization = module.organizationName();
    return "/app/%s/registry/modules/private/%s/%s/%s"
        .formatted(organization, organization, module.name(), module.provider());
  }

  static Place among(String organization) {
    return Place.within(organization, SECTION, new Crumb("Modules", list(organization)));
  }

  /// The namespace of private modules is their organization's name; there are no others.
  static RegistryModules.Address address(Call call) {
    String organization = call.path("organization_name");
    if (!call.path("namespace").equalsIgnoreCase(organization)) {
      throw new Fault.NotFound();
    }
    return new RegistryModules.Address(
        organization, call.path("module_name"), call.path("provider"));
  }
}
