package io.terrarium.atlas.api.team;

import io.terrarium.atlas.api.Includes;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.team.TeamFilter;
import io.terrarium.core.team.Teams;
import io.terrarium.core.team.VisibleTeam;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.List;

/// Teams of an organization.
public final class TeamsApi {
  private static final String OF_ORGANIZATION = "/api/v2/organizations/:organization_name/teams";
  private static final String ONE = "/api/v2/teams/:team_id";

  private final Teams teams;
  private final Includes<VisibleTeam> includes;

  /// @param includes what `include` may ask for beside a team
  public TeamsApi(Teams teams, Includes<VisibleTeam> includes) {
    this.teams = teams;
    this.includes = includes;
  }

  public void mount(Api api) {
    api.get(OF_ORGANIZATION, this::list);
    api.post(OF_ORGANIZATION, this::create);
    api.get(ONE, this::show);
    api.patch(ONE, this::update);
    api.delete(
        ONE,
        call -> {
          teams.delete(call.get(Principal.class), id(call));
          return Reply.noContent();
        });
  }

  private Reply list(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    TeamFilter filter =
        new TeamFilter(call.queryList("filter[names]"), call.query("q").orElse("").strip());
    Paged<VisibleTeam> found =
        teams.list(caller, call.path("organization_name"), filter, Page.of(call));
    return Reply.document(
        200,
        Listing.of(call, found.map(TeamResource::of), includes.of(caller, found.items(), wanted)));
  }

  private Reply create(Call call) {
    TeamRequest request = TeamRequest.of(call);
    VisibleTeam created =
        teams.create(call.get(Principal.class), call.path("organization_name"), request::over);
    return Reply.document(200, Document.of(TeamResource.of(created)));
  }

  private Reply show(Call call) {
    Principal caller = call.get(Principal.class);
    List<String> wanted = includes.wanted(call);
    VisibleTeam found = teams.find(caller, id(call));
    return Reply.document(
        200, Document.of(TeamResource.of(found), includes.of(caller, List.of(found), wanted)));
  }

  private Reply update(Call call) {
    TeamRequest request = TeamRequest.of(call);
    VisibleTeam updated = teams.update(call.get(Principal.class), id(call), request::over);
    return Reply.document(200, Document.of(TeamResource.of(updated)));
  }

  /// For `include=teams` of other resources.
  public static Resource resource(VisibleTeam team) {
    return TeamResource.of(team);
  }

  private static TeamId id(Call call) {
    return call.path("team_id", TeamId::new);
  }
}
