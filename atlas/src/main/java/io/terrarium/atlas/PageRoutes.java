package io.terrarium.atlas;

import io.terrarium.atlas.api.admin.InitialToken;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.request.Buckets;
import io.terrarium.atlas.request.SignInLimit;
import io.terrarium.atlas.request.VerificationLimit;
import io.terrarium.atlas.ui.account.AccountPages;
import io.terrarium.atlas.ui.account.TokenPages;
import io.terrarium.atlas.ui.frame.Assets;
import io.terrarium.atlas.ui.frame.Cookies;
import io.terrarium.atlas.ui.frame.PageFaults;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.ReturnPath;
import io.terrarium.atlas.ui.frame.SessionCookie;
import io.terrarium.atlas.ui.frame.SignedIn;
import io.terrarium.atlas.ui.live.LivePages;
import io.terrarium.atlas.ui.login.LoginPages;
import io.terrarium.atlas.ui.membership.InvitationPages;
import io.terrarium.atlas.ui.membership.MemberListPages;
import io.terrarium.atlas.ui.organization.OrganizationPages;
import io.terrarium.atlas.ui.run.RunListPages;
import io.terrarium.atlas.ui.run.RunPages;
import io.terrarium.atlas.ui.session.FirstAdminPages;
import io.terrarium.atlas.ui.session.PasswordLinkPages;
import io.terrarium.atlas.ui.session.SessionPages;
import io.terrarium.atlas.ui.state.StatePages;
import io.terrarium.atlas.ui.team.TeamListPages;
import io.terrarium.atlas.ui.team.TeamPage;
import io.terrarium.atlas.ui.token.OrganizationTokenPages;
import io.terrarium.atlas.ui.workspace.WorkspaceListPages;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.account.Users;
import io.terrarium.core.admin.Administration;
import io.terrarium.core.assembly.Core;
import io.terrarium.core.assembly.TeamModule;
import io.terrarium.core.live.Changes;
import io.terrarium.core.login.Logins;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.passwordlink.PasswordLinks;
import io.terrarium.core.project.Projects;
import io.terrarium.core.session.Sessions;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Reply;
import java.net.URI;
import java.time.Clock;
import java.util.Map;
import java.util.Set;

/// The pages that people open in a browser.
final class PageRoutes {
  private final Core core;
  private final Neighbours neighbours;
  private final URI publicUrl;
  private final Clock clock;

  /// What atlas has besides the core that all programs share.
  record Neighbours(
      Users users,
      Organizations organizations,
      Projects projects,
      Sessions sessions,
      Changes changes,
      MeshRoutes mesh,
      Administration administration,
      RegistryPageRoutes.Registry registry,
      Logins logins,
      PasswordLinks passwordLinks) {}

  PageRoutes(Core core, Neighbours neighbours, URI publicUrl, Clock clock) {
    this.core = core;
    this.neighbours = neighbours;
    this.publicUrl = publicUrl;
    this.clock = clock;
  }

  void mount(Api root, AuditTrail trail, SignInLimit limit, InitialToken initial, Buckets buckets) {
    Users users = neighbours.users();
    Sessions sessions = neighbours.sessions();
    root.get("/", _ -> Reply.redirect(303, ReturnPath.HOME));
    Assets assets = new Assets();
    assets.mount(root);
    Cookies cookies = new Cookies("https".equals(publicUrl.getScheme()));
    Pages pages = new Pages(assets, cookies, this::rights, neighbours.mesh().isLab());
    Api open = root.behind(new PageFaults(pages)).behind(new SignedIn(sessions)).behind(trail);
    SessionCookie cookie = new SessionCookie(cookies);
    new SessionPages(pages, users, sessions, cookie, new SessionPages.Gate(limit, initial))
        .mount(open);
    new FirstAdminPages(pages, users, sessions, cookie, initial).mount(open);
    new PasswordLinkPages(pages, neighbours.passwordLinks(), sessions, cookie).mount(open);
    Api api = open.behind(SignedIn.required());
    mountLive(api);
    // Before those of organizations, none of which is meant by /app/mesh or /app/admin.
    neighbours.mesh().mount(api, pages);
    new AdminPageRoutes(neighbours.administration(), core, neighbours.passwordLinks(), publicUrl)
        .mount(api, pages);
    mountAccount(api, pages, limit);
    mountStates(api, pages);
    mountTokens(api, pages);
    mountPeople(api, pages);
    new OrganizationPages(pages, neighbours.organizations()).mount(api);
    new WorkspaceListPages(
            pages,
            core.workspaces(),
            new WorkspaceListPages.Neighbours(
                neighbours.organizations(), neighbours.projects(), core.run().runs()))
        .mount(api);
    new WorkspacePageRoutes(
            core, users, neighbours.organizations(), neighbours.projects(), publicUrl)
        .mount(api, pages, new VerificationLimit(core.settings(), buckets));
    new RunListPages(pages, core.workspaces(), core.run().runs()).mount(api);
    new RunPages(
            pages,
            new RunPages.Parts(
                core.run().runs(),
                core.run().actions(),
                core.run().comments(),
                core.objects(),
                users,
                clock))
        .mount(api);
    new RegistryPageRoutes(core.vcs(), neighbours.organizations(), neighbours.registry(), publicUrl)
        .mount(api, pages);
  }

  /// None in what the reader may not see.
  private Set<OrganizationRight> rights(Principal reader, String organization) {
    try {
      return neighbours.organizations().access(reader, organization).rights();
    } catch (Fault.NotFound | Fault.Unauthorized hidden) {
      return Set.of();
    }
  }

  private void mountLive(Api api) {
    new LivePages(
            neighbours.changes(),
            neighbours.organizations(),
            Map.of(
                RunId.PREFIX,
                (caller, id) -> core.run().runs().find(caller, new RunId(id)).run().id().value(),
                WorkspaceId.PREFIX,
                this::workspaceTopic),
            clock)
        .mount(api);
  }

  private String workspaceTopic(Principal caller, String id) {
    return core.workspaces()
        .find(caller, new Workspaces.Address.ById(new WorkspaceId(id)))
        .workspace()
        .id()
        .value();
  }

  /// The states of workspaces.
  private void mountStates(Api api, Pages pages) {
    new StatePages(
            pages,
            new StatePages.Parts(
                core.workspaces(),
                core.workspaceLocks(),
                core.stateVersions(),
                core.stateUploads(),
                core.stateObjects(),
                neighbours.users()))
        .mount(api);
  }

  /// The tokens of organizations and teams.
  private void mountTokens(Api api, Pages pages) {
    new OrganizationTokenPages(
            pages,
            neighbours.organizations(),
            core.tokens(),
            new OrganizationTokenPages.Neighbours(core.teams().teams(), core.teams().tokens()),
            clock)
        .mount(api);
  }

  /// Who belongs to an organization, and its teams.
  private void mountPeople(Api api, Pages pages) {
    TeamModule people = core.teams();
    Organizations organizations = neighbours.organizations();
    new MemberListPages(
            pages, people.memberships(), organizations, neighbours.users(), people.teams())
        .mount(api);
    new InvitationPages(pages, people.memberships(), organizations, people.teams()).mount(api);
    new TeamListPages(pages, people.teams(), organizations).mount(api);
    new TeamPage(pages, people, neighbours.users()).mount(api);
  }

  /// What people do with their own account.
  private void mountAccount(Api api, Pages pages, SignInLimit limit) {
    new AccountPages(pages, neighbours.users(), neighbours.sessions(), limit).mount(api);
    new TokenPages(pages, core.tokens(), clock).mount(api);
    new LoginPages(pages, neighbours.logins()).mount(api);
  }
}
