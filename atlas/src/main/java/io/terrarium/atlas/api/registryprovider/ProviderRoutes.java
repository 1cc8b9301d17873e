package io.terrarium.atlas.api.registryprovider;

import io.terrarium.core.access.Principal;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// Paths of providers, and what is read from them.
final class ProviderRoutes {
  static final String ALL = "/api/v2/organizations/:organization_name/registry-providers";
  static final String ONE = ALL + "/:registry_name/:namespace/:provider_name";
  static final String VERSIONS = ONE + "/versions";
  static final String VERSION = VERSIONS + "/:version";
  static final String PLATFORMS = VERSION + "/platforms";
  static final String PLATFORM = PLATFORMS + "/:os/:arch";

  private ProviderRoutes() {}

  static Principal caller(Call call) {
    return call.get(Principal.class);
  }

  /// The namespace of private providers is their organization's name; there are no others.
  static Address address(Call call) {
    String organization = call.path("organization_name");
    boolean isThere =
        call.path("registry_name").equals("private")
            && call.path("namespace").equalsIgnoreCase(organization);
    if (!isThere) {
      throw new Fault.NotFound();
    }
    return new Address(organization, call.path("provider_name"));
  }

  /// Where a provider is read.
  static String path(String organization, String name) {
    return "/api/v2/organizations/%s/registry-providers/private/%s/%s"
        .formatted(organization, organization, name);
  }
}
