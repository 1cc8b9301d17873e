package io.terrarium.atlas.ui.registryprovider;

import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.atlas.ui.registrymodule.ModuleRoutes;
import io.terrarium.core.registryprovider.RegistryProvider;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// Where the pages of providers are.
final class ProviderRoutes {
  static final String LIST = "/app/:organization_name/registry/private/providers";
  static final String NEW = "/app/:organization_name/registry/providers/new";
  static final String ONE =
      "/app/:organization_name/registry/providers/private/:namespace/:provider_name";
  static final String VERSION = ONE + "/:version";
  static final String PLATFORM = VERSION + "/platforms/:os/:arch";

  private ProviderRoutes() {}

  static String list(String organization) {
    return "/app/" + organization + "/registry/private/providers";
  }

  static String path(RegistryProvider provider) {
    String organization = provider.organization();
    return "/app/%s/registry/providers/private/%s/%s"
        .formatted(organization, organization, provider.name());
  }

  static Place among(String organization) {
    return Place.within(
        organization, ModuleRoutes.SECTION, new Crumb("Providers", list(organization)));
  }

  /// The namespace of private providers is their organization's name; there are no others.
  static Address address(Call call) {
    String organization = call.path("organization_name");
    if (!call.path("namespace").equalsIgnoreCase(organization)) {
      throw new Fault.NotFound();
    }
    return new Address(organization, call.path("provider_name"));
  }
}
