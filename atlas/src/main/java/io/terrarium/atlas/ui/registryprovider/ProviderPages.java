package io.terrarium.atlas.ui.registryprovider;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.core.access.Principal;
import io.terrarium.core.registry.VersionOrder;
import io.terrarium.core.registryprovider.ProviderPlatforms;
import io.terrarium.core.registryprovider.ProviderVersion;
import io.terrarium.core.registryprovider.ProviderVersions;
import io.terrarium.core.registryprovider.RegistryProvider;
import io.terrarium.core.registryprovider.RegistryProviders;
import io.terrarium.core.registryprovider.RegistryProviders.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/// One provider: its versions, their platforms and files, and how a configuration requires it.
public final class ProviderPages {
  private final Pages pages;
  private final RegistryProviders providers;
  private final ProviderVersions versions;
  private final ProviderPlatforms platforms;
  private final Site site;

  /// What is around the registry.
  ///
  /// @param changed wakes whoever tells the registry
  public record Site(URI publicUrl, Runnable changed) {}

  public ProviderPages(
      Pages pages,
      RegistryProviders providers,
      ProviderVersions versions,
      ProviderPlatforms platforms,
      Site site) {
    this.pages = pages;
    this.providers = providers;
    this.versions = versions;
    this.platforms = platforms;
    this.site = site;
  }

  public void mount(Api api) {
    api.get(ProviderRoutes.ONE, this::show);
    api.get(ProviderRoutes.VERSION, this::show);
    api.post(ProviderRoutes.ONE + "/delete", this::delete);
    api.post(ProviderRoutes.VERSION + "/delete", this::deleteVersion);
    api.post(ProviderRoutes.PLATFORM + "/delete", this::deletePlatform);
  }

  /// @param isManaged whether the reader may change it
  /// @param versions the newest first
  /// @param shown absent where there is none yet
  /// @param hostname by which terraform reaches the site
  public record View(
      RegistryProvider provider,
      boolean isManaged,
      List<ProviderVersion> versions,
      Optional<ProviderVersion> shown,
      String hostname) {
    public String path() {
      return ProviderRoutes.path(provider);
    }

    /// Whether terraform finds the version: there is all that it needs.
    public static boolean isServed(ProviderVersion version) {
      return version.shasums().isStored()
          && version.signature().isStored()
          && version.platforms().stream().anyMatch(platform -> platform.objectId() != null);
    }
  }

  private Reply show(Call call) {
    RegistryProviders.Visible found =
        providers.find(call.get(Principal.class), ProviderRoutes.address(call));
    List<ProviderVersion> all =
        versions.of(List.of(found)).stream()
            .map(ProviderVersions.Visible::version)
            .sorted(Comparator.comparing(ProviderVersion::version, VersionOrder.NEWEST_FIRST))
            .toList();
    Optional<String> wanted = call.findPath("version");
    Optional<ProviderVersion> shown =
        all.stream()
            .filter(one -> wanted.isEmpty() || wanted.get().equals(one.version()))
            .findFirst();
    if (wanted.isPresent() && shown.isEmpty()) {
      throw new Fault.NotFound();
    }
    RegistryProvider provider = found.provider();
    return pages.page(
        call,
        provider.name(),
        ProviderRoutes.among(provider.organization()),
        "registryprovider/show",
        new View(provider, found.isManaged(), all, shown, site.publicUrl().getAuthority()));
  }

  private Reply delete(Call call) {
    Principal caller = call.get(Principal.class);
    Address address = ProviderRoutes.address(call);
    RegistryProvider gone = providers.find(caller, address).provider();
    providers.delete(caller, address);
    return pages.done(
        ProviderRoutes.list(gone.organization()), "The provider " + gone.name() + " is gone.");
  }

  private Reply deleteVersion(Call call) {
    Principal caller = call.get(Principal.class);
    Address address = ProviderRoutes.address(call);
    versions.delete(caller, address, call.path("version"));
    return pages.done(
        ProviderRoutes.path(providers.find(caller, address).provider()),
        "The version " + call.path("version") + " is gone.");
  }

  private Reply deletePlatform(Call call) {
    Principal caller = call.get(Principal.class);
    Address address = ProviderRoutes.address(call);
    String version = call.path("version");
    ProviderPlatforms.Target target =
        new ProviderPlatforms.Target(call.path("os"), call.path("arch"));
    platforms.delete(caller, address, version, target);
    site.changed().run();
    return pages.done(
        ProviderRoutes.path(providers.find(caller, address).provider()) + "/" + version,
        "The platform %s %s is gone.".formatted(target.os(), target.arch()));
  }
}
