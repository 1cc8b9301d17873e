package io.terrarium.atlas;

import io.terrarium.atlas.request.VerificationLimit;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.notification.NotificationPages;
import io.terrarium.atlas.ui.oauthclient.ConnectionChoices;
import io.terrarium.atlas.ui.organization.OrganizationSettingsPages;
import io.terrarium.atlas.ui.project.ProjectPages;
import io.terrarium.atlas.ui.run.NewRunPages;
import io.terrarium.atlas.ui.runtrigger.RunTriggerPages;
import io.terrarium.atlas.ui.sshkey.SshKeyPages;
import io.terrarium.atlas.ui.sshkey.WorkspaceSshKeyPages;
import io.terrarium.atlas.ui.team.TeamAccessPages;
import io.terrarium.atlas.ui.variable.WorkspaceVariablePages;
import io.terrarium.atlas.ui.variableset.VariableSetPage;
import io.terrarium.atlas.ui.variableset.VariableSetPages;
import io.terrarium.atlas.ui.workspace.LockHolders;
import io.terrarium.atlas.ui.workspace.LockPages;
import io.terrarium.atlas.ui.workspace.NewWorkspacePages;
import io.terrarium.atlas.ui.workspace.TagPages;
import io.terrarium.atlas.ui.workspace.VersionControlPages;
import io.terrarium.atlas.ui.workspace.WorkspaceDeletionPages;
import io.terrarium.atlas.ui.workspace.WorkspacePages;
import io.terrarium.atlas.ui.workspace.WorkspaceSettingsPages;
import io.terrarium.core.account.Users;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.project.Projects;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.http.Api;
import java.net.URI;

/// The pages of workspaces, and of what they are set with: variables, projects, settings.
final class WorkspacePageRoutes {
  private final Core core;
  private final LockHolders holders;
  private final Organizations organizations;
  private final Projects projects;
  private final URI publicUrl;

  WorkspacePageRoutes(
      Core core, Users users, Organizations organizations, Projects projects, URI publicUrl) {
    this.core = core;
    holders = new LockHolders(users, core.teams().teams());
    this.organizations = organizations;
    this.projects = projects;
    this.publicUrl = publicUrl;
  }

  /// Behind a session.
  void mount(Api api, Pages pages, VerificationLimit verifications) {
    mountWorkspace(api, pages);
    mountMessages(api, pages, verifications);
    mountKeys(api, pages);
    mountSettings(api, pages);
  }

  private void mountWorkspace(Api api, Pages pages) {
    Workspaces workspaces = core.workspaces();
    ConnectionChoices connections =
        new ConnectionChoices(core.vcs().clients(), core.vcs().tokens());
    new NewWorkspacePages(pages, workspaces, projects, connections, publicUrl).mount(api);
    new WorkspacePages(pages, core, holders, projects, publicUrl).mount(api);
    new NewRunPages(pages, workspaces, core.run().runs(), core.configurations(), publicUrl)
        .mount(api);
    new WorkspaceVariablePages(pages, workspaces, core.variables()).mount(api);
    new WorkspaceSettingsPages(pages, workspaces, projects).mount(api);
    new LockPages(pages, workspaces, core.workspaceLocks(), holders).mount(api);
    new VersionControlPages(pages, workspaces, connections, core.configurations()).mount(api);
    new WorkspaceDeletionPages(pages, workspaces).mount(api);
    new TeamAccessPages(pages, workspaces, core.teams().workspaces(), core.teams().teams())
        .mount(api);
  }

  /// Whom a workspace tells, and what sets it off.
  private void mountMessages(Api api, Pages pages, VerificationLimit verifications) {
    new NotificationPages(
            pages, core.workspaces(), core.notifications().configurations(), verifications)
        .mount(api);
    new TagPages(pages, core.workspaces(), core.workspaceTags()).mount(api);
    new RunTriggerPages(pages, core.workspaces(), core.runTriggers()).mount(api);
  }

  private void mountKeys(Api api, Pages pages) {
    new SshKeyPages(pages, core.sshKeys(), organizations).mount(api);
    new WorkspaceSshKeyPages(pages, core.workspaces(), core.sshKeys()).mount(api);
  }

  private void mountSettings(Api api, Pages pages) {
    new OrganizationSettingsPages(pages, organizations).mount(api);
    new ProjectPages(pages, projects, organizations).mount(api);
    new VariableSetPages(pages, core.variables().sets(), organizations, projects).mount(api);
    new VariableSetPage(pages, core.variables(), core.workspaces(), projects).mount(api);
  }
}
