package io.terrarium.atlas;

import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.atlas.ui.oauthclient.Connections;
import io.terrarium.atlas.ui.oauthclient.OauthClientPages;
import io.terrarium.atlas.ui.registrymodule.ModuleChangePages;
import io.terrarium.atlas.ui.registrymodule.ModuleListPages;
import io.terrarium.atlas.ui.registrymodule.ModulePages;
import io.terrarium.atlas.ui.registrymodule.PublishPages;
import io.terrarium.atlas.ui.registryprovider.ProviderListPages;
import io.terrarium.atlas.ui.registryprovider.ProviderPages;
import io.terrarium.atlas.ui.vcs.VcsEventPages;
import io.terrarium.core.assembly.ProviderModule;
import io.terrarium.core.assembly.VcsModule;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.registrymodule.ModuleContents;
import io.terrarium.kernel.http.Api;
import java.net.URI;

/// The pages of what comes from Git hosts: the private registry, and the connections to them.
final class RegistryPageRoutes {
  private final VcsModule vcs;
  private final Organizations organizations;
  private final Registry registry;
  private final URI publicUrl;

  /// The registry, which is a service of its own.
  ///
  /// @param changed wakes whoever tells it
  record Registry(ModuleContents contents, Runnable changed) {}

  RegistryPageRoutes(VcsModule vcs, Organizations organizations, Registry registry, URI publicUrl) {
    this.vcs = vcs;
    this.organizations = organizations;
    this.registry = registry;
    this.publicUrl = publicUrl;
  }

  /// Behind a session.
  void mount(Api api, Pages pages) {
    mountModules(api, pages);
    mountVersionControl(api, pages);
  }

  private void mountModules(Api api, Pages pages) {
    new ModuleListPages(pages, vcs.modules(), organizations).mount(api);
    new PublishPages(
            pages,
            vcs.modules(),
            organizations,
            new ConnectionChoices(vcs.clients(), vcs.tokens()),
            vcs.hostRepositories())
        .mount(api);
    ModulePages modules =
        new ModulePages(pages, vcs.modules(), vcs.moduleVersions(), registry.contents(), publicUrl);
    modules.mount(api);
    new ModuleChangePages(
            pages, modules, vcs.modules(), vcs.moduleVersions(), vcs.moduleDeletions())
        .mount(api);
    ProviderModule providers = vcs.providers();
    new ProviderListPages(pages, providers.providers(), providers.versions(), organizations)
        .mount(api);
    new ProviderPages(
            pages,
            providers.providers(),
            providers.versions(),
            providers.platforms(),
            new ProviderPages.Site(publicUrl, registry.changed()))
        .mount(api);
  }

  private void mountVersionControl(Api api, Pages pages) {
    new OauthClientPages(
            pages,
            new Connections(vcs.clients(), vcs.tokens(), vcs.connectPaths()),
            organizations,
            publicUrl)
        .mount(api);
    new VcsEventPages(pages, vcs.events(), vcs.clients(), organizations).mount(api);
  }
}
