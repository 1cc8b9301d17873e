package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.workspace.NamedWorkspace;
import io.terrarium.atlas.ui.workspace.SettingsFrame;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamWorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.access.WorkspaceRight;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.TeamFilter;
import io.terrarium.core.team.TeamWorkspace;
import io.terrarium.core.team.TeamWorkspaces;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.core.workspace.Visible;
import io.terrarium.core.workspace.Workspace;
import io.terrarium.core.workspace.Workspaces;
import io.terrarium.core.workspace.Workspaces.Address;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What teams may do in a workspace, for who looks after that.
public final class TeamAccessPages {
  private static final String PAGE = "/settings/access";
  private static final String ALL = NamedWorkspace.ROUTE + PAGE;
  private static final String ONE = ALL + "/:team_workspace_id";
  private static final String UNSEEN = "A secret team";

  private final Pages pages;
  private final Workspaces workspaces;
  private final TeamWorkspaces access;
  private final Teams teams;

  public TeamAccessPages(Pages pages, Workspaces workspaces, TeamWorkspaces access, Teams teams) {
    this.pages = pages;
    this.workspaces = workspaces;
    this.access = access;
    this.teams = teams;
  }

  public void mount(Api api) {
    api.get(ALL, this::list);
    api.get(ALL + "/new", this::ask);
    api.post(ALL + "/new", this::create);
    api.get(ONE + "/edit", this::edit);
    api.post(ONE + "/edit", this::update);
    api.post(ONE + "/delete", this::delete);
  }

  /// @param names of those teams that the reader may see
  public record ListView(
      SettingsFrame frame,
      String organization,
      Paged<TeamWorkspace> given,
      Map<TeamId, String> names) {
    public boolean isSeen(TeamWorkspace one) {
      return names.containsKey(one.team());
    }

    public String name(TeamWorkspace one) {
      return names.getOrDefault(one.team(), UNSEEN);
    }
  }

  /// @param team whose access is changed, or "" for one that is to be chosen
  /// @param teams that could be given access
  public record FormView(
      SettingsFrame frame,
      String organization,
      String team,
      List<Team> teams,
      Form form,
      Problems problems) {
    public boolean isNew() {
      return team.isEmpty();
    }
  }

  private Visible workspace(Call call) {
    Visible found = NamedWorkspace.find(workspaces, call);
    found.access().require(WorkspaceRight.MANAGE_TEAM_ACCESS);
    return found;
  }

  /// It is there below its own workspace alone.
  private TeamWorkspace given(Call call, Visible in) {
    TeamWorkspace found =
        access.find(
            call.get(Principal.class), call.path("team_workspace_id", TeamWorkspaceId::new));
    if (!found.workspace().equals(in.workspace().id())) {
      throw new Fault.NotFound();
    }
    return found;
  }

  private Reply list(Call call) {
    Visible found = workspace(call);
    Paged<TeamWorkspace> given =
        access.list(
            call.get(Principal.class), found.workspace().id(), Optional.empty(), Page.of(call));
    ListView view =
        new ListView(frame(found), organization(found), given, names(call, given.items()));
    return page(call, 200, found, "Team access of ", "team/access", view);
  }

  private Reply ask(Call call) {
    return newPage(call, 200, workspace(call), AccessForm.blank(), Problems.NONE);
  }

  private Reply create(Call call) {
    Visible found = workspace(call);
    Form form = call.get(Form.class);
    try {
      TeamWorkspace made =
          access.create(
              call.get(Principal.class),
              AccessForm.team(form),
              found.workspace().id(),
              AccessForm.wish(form));
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return done(call, found, "The team has access to the workspace.");
    } catch (Fault.Invalid invalid) {
      return newPage(call, 422, found, form, Problems.of(invalid));
    }
  }

  private Reply edit(Call call) {
    Visible found = workspace(call);
    TeamWorkspace given = given(call, found);
    return editPage(call, 200, found, given, AccessForm.filled(given), Problems.NONE);
  }

  private Reply update(Call call) {
    Visible found = workspace(call);
    TeamWorkspace given = given(call, found);
    Form form = call.get(Form.class);
    try {
      TeamWorkspaces.Wish wish = AccessForm.wish(form);
      access.update(
          call.get(Principal.class), given.id(), Optional.of(wish.access()), wish.custom());
      return done(call, found, "The access of the team is changed.");
    } catch (Fault.Invalid invalid) {
      return editPage(call, 422, found, given, form, Problems.of(invalid));
    }
  }

  private Reply delete(Call call) {
    Visible found = workspace(call);
    access.delete(call.get(Principal.class), given(call, found).id());
    return done(call, found, "The team has no access of its own to the workspace any more.");
  }

  /// Who takes something away from their own team may not see the page any more.
  private Reply done(Call call, Visible in, String notice) {
    String path = NamedWorkspace.path(in.workspace());
    try {
      Visible after =
          workspaces.find(call.get(Principal.class), new Address.ById(in.workspace().id()));
      boolean stays = after.access().allows(WorkspaceRight.MANAGE_TEAM_ACCESS);
      return pages.done(stays ? path + PAGE : path, notice);
    } catch (Fault.NotFound hidden) {
      return pages.done("/app/" + organization(in) + "/workspaces", notice);
    }
  }

  private Reply newPage(Call call, int status, Visible found, Form form, Problems problems) {
    FormView view =
        new FormView(frame(found), organization(found), "", others(call, found), form, problems);
    return page(call, status, found, "New team access of ", "team/accessForm", view);
  }

  private Reply editPage(
      Call call, int status, Visible found, TeamWorkspace given, Form form, Problems problems) {
    String name = names(call, List.of(given)).getOrDefault(given.team(), UNSEEN);
    FormView view =
        new FormView(frame(found), organization(found), name, List.of(), form, problems);
    return page(call, status, found, "Team access of ", "team/accessForm", view);
  }

  private Reply page(
      Call call, int status, Visible found, String title, String template, Object view) {
    Workspace workspace = found.workspace();
    return pages.page(
        call,
        status,
        title + workspace.settings().name(),
        NamedWorkspace.place(workspace, "settings"),
        template,
        view);
  }

  private static SettingsFrame frame(Visible found) {
    return SettingsFrame.of(found, "access");
  }

  private static String organization(Visible found) {
    return found.workspace().owner().organizationName();
  }

  private Map<TeamId, String> names(Call call, List<TeamWorkspace> given) {
    List<TeamId> ids = given.stream().map(TeamWorkspace::team).toList();
    return teams.findAll(call.get(Principal.class), ids).stream()
        .map(VisibleTeam::team)
        .collect(Collectors.toMap(Team::id, team -> team.options().name()));
  }

  /// Those without access of their own.
  private List<Team> others(Call call, Visible found) {
    Principal caller = call.get(Principal.class);
    Set<TeamId> given =
        Paged.all(page -> access.list(caller, found.workspace().id(), Optional.empty(), page))
            .stream()
            .map(TeamWorkspace::team)
            .collect(Collectors.toSet());
    TeamFilter all = new TeamFilter(List.of(), "");
    return Paged.all(page -> teams.list(caller, organization(found), all, page)).stream()
        .map(VisibleTeam::team)
        .filter(team -> !team.isOwners() && !given.contains(team.id()))
        .toList();
  }
}
