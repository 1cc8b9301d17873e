package io.terrarium.atlas.api.admin;

import io.terrarium.core.admin.Administration;
import io.terrarium.core.terraformversion.TerraformVersions;
import io.terrarium.kernel.http.Api;

/// What site admins see and do of all organizations; for anyone else it is not there.
public final class AdministrationApi {
  private final Administration site;
  private final TerraformVersions versions;

  public AdministrationApi(Administration site, TerraformVersions versions) {
    this.site = site;
    this.versions = versions;
  }

  public void mount(Api api) {
    AdminInclusions included = new AdminInclusions(site);
    new AdminUsersApi(site.users(), included.ofUsers()).mount(api);
    new AdminOrganizationsApi(site.organizations(), included.ofOrganizations()).mount(api);
    new AdminWorkspacesApi(site.workspaces(), included.ofWorkspaces()).mount(api);
    new AdminRunsApi(site.runs(), included.ofRuns()).mount(api);
    new TerraformVersionsApi(versions).mount(api);
  }
}
