package io.terrarium.atlas.ui.team;

import io.terrarium.atlas.ui.frame.Shell.Crumb;
import io.terrarium.atlas.ui.frame.Shell.Place;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.team.Team;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.http.Call;

/// The team that the address of a page names; it is there below its own organization alone.
final class NamedTeam {
  static final String ALL = "/app/:organization_name/settings/teams";
  static final String ONE = ALL + "/:team_id";
  static final String SECTION = "teams";

  private NamedTeam() {}

  static VisibleTeam find(Teams teams, Call call) {
    VisibleTeam found = teams.find(call.get(Principal.class), call.path("team_id", TeamId::new));
    if (!found.team().organizationName().equals(call.path("organization_name"))) {
      throw new Fault.NotFound();
    }
    return found;
  }

  static String path(Team team) {
    return all(team.organizationName()) + "/" + team.id().value();
  }

  static String all(String organization) {
    return "/app/" + organization + "/settings/teams";
  }

  /// Of the pages below the list.
  static Place place(String organization) {
    return Place.within(organization, SECTION, new Crumb("Teams", all(organization)));
  }
}
