package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.api.team.TeamRequest;
import io.terrarium.atlas.audit.AuditTrail;
import io.terrarium.atlas.ui.frame.Form;
import io.terrarium.atlas.ui.frame.Pages;
import io.terrarium.atlas.ui.frame.Problems;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.OrganizationRight;
import io.terrarium.core.access.Principal;
import io.terrarium.core.organization.Organizations;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.TeamFilter;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/// The teams of an organization, and new ones.
public final class TeamListPages {
  private static final String NEW = NamedTeam.ALL + "/new";

  private final Pages pages;
  private final Teams teams;
  private final Organizations organizations;

  public TeamListPages(Pages pages, Teams teams, Organizations organizations) {
    this.pages = pages;
    this.teams = teams;
    this.organizations = organizations;
  }

  public void mount(Api api) {
    api.get(NamedTeam.ALL, this::list);
    api.get(NEW, call -> newPage(call, 200, Form.showing(Map.of()), Problems.NONE));
    api.post(NEW, this::create);
  }

  /// Of the teams, those that the reader may see.
  public record ListView(String organization, boolean mayCreate, String search, Paged<Team> found) {
    public String path() {
      return NamedTeam.all(organization);
    }

    public String query() {
      return "search=" + URLEncoder.encode(search, StandardCharsets.UTF_8);
    }
  }

  /// @param back the page from which one comes
  public record NewView(String back, Form form, Problems problems) {}

  private OrganizationAccess organization(Call call) {
    return organizations.find(call.get(Principal.class), call.path("organization_name")).access();
  }

  private Reply list(Call call) {
    OrganizationAccess access = organization(call);
    String search = call.query("search").orElse("").strip();
    Paged<Team> found =
        teams
            .list(
                call.get(Principal.class),
                access.name(),
                new TeamFilter(List.of(), search),
                Page.of(call))
            .map(VisibleTeam::team);
    return pages.page(
        call,
        "Teams",
        Place.within(access.name(), NamedTeam.SECTION),
        "team/list",
        new ListView(access.name(), access.allows(OrganizationRight.MANAGE_TEAMS), search, found));
  }

  private Reply create(Call call) {
    Form form = call.get(Form.class);
    try {
      Team made =
          teams
              .create(
                  call.get(Principal.class),
                  call.path("organization_name"),
                  TeamRequest.of(TeamForm.resource(form, null))::over)
              .team();
      call.put(AuditTrail.Made.class, new AuditTrail.Made(made.id().value()));
      return pages.done(
          NamedTeam.path(made), "The team is there. Put people in, and say what it may do.");
    } catch (Fault.Invalid invalid) {
      return newPage(call, 422, form, Problems.of(invalid));
    }
  }

  private Reply newPage(Call call, int status, Form form, Problems problems) {
    OrganizationAccess access = organization(call).require(OrganizationRight.MANAGE_TEAMS);
    return pages.page(
        call,
        status,
        "New team",
        NamedTeam.place(access.name()),
        "team/new",
        new NewView(NamedTeam.all(access.name()), form, problems));
  }
}
