package io.terrarium.atlas;

import io.terrarium.atlas.ui.admin.AdminOrganizationPages;
import io.terrarium.atlas.ui.admin.AdminRunPages;
import io.terrarium.atlas.ui.admin.AdminUserPages;
import io.terrarium.atlas.ui.admin.AdminWorkspacePages;
import io.terrarium.atlas.ui.admin.GeneralSettingsPages;
import io.terrarium.atlas.ui.admin.TerraformVersionPages;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.core.admin.Administration;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.kernel.http.Api;
import java.net.URI;

/// The pages of the site's administration; for anyone but site admins they are not there.
final class AdminPageRoutes {
  private final Administration site;
  private final Core core;
  private final PasswordLinks links;
  private final URI publicUrl;

  AdminPageRoutes(Administration site, Core core, PasswordLinks links, URI publicUrl) {
    this.site = site;
    this.core = core;
    this.links = links;
    this.publicUrl = publicUrl;
  }

  /// Behind a session.
  void mount(Api api, Pages pages) {
    new AdminUserPages(pages, site.users(), links, publicUrl).mount(api);
    new AdminOrganizationPages(pages, site.organizations()).mount(api);
    new AdminWorkspacePages(pages, site.workspaces(), site.runs()).mount(api);
    new AdminRunPages(pages, site.runs(), site.workspaces()).mount(api);
    new TerraformVersionPages(pages, core.terraformVersions()).mount(api);
    new GeneralSettingsPages(pages, core.settings()).mount(api);
  }
}
