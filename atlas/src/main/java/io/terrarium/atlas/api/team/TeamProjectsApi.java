package io.terrarium.atlas.api.team;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamProjectId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.team.TeamProject;
import io.terrarium.core.team.TeamProject.Level;
import io.terrarium.core.team.TeamProjects;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import java.util.Optional;

/// What teams may do in projects.
public final class TeamProjectsApi {
  static final String ALL = "/api/v2/team-projects";
  private static final String ONE = "/api/v2/team-projects/:id";

  private final TeamProjects access;

  public TeamProjectsApi(TeamProjects access) {
    this.access = access;
  }

  public void mount(Api api) {
    api.get(ALL, this::list);
    api.post(ALL, this::create);
    api.get(
        ONE,
        call -> Reply.document(200, document(access.find(call.get(Principal.class), id(call)))));
    api.patch(ONE, this::update);
    api.delete(
        ONE,
        call -> {
          access.delete(call.get(Principal.class), id(call));
          return Reply.noContent();
        });
  }

  private Reply list(Call call) {
    ProjectId project = new ProjectId(GivenIds.filter(call, "filter[project][id]"));
    Optional<TeamId> team = call.query("filter[team][id]").map(TeamId::new);
    return Reply.document(
        200,
        Listing.of(
            call,
            access
                .list(call.get(Principal.class), project, team, Page.of(call))
                .map(TeamProjectResource::of)));
  }

  private Reply create(Call call) {
    Incoming incoming = Incoming.of(call, TeamProjectResource.TYPE);
    Level level = GivenIds.level(incoming, Level.class);
    ProjectPermissionsRequest asked = ProjectPermissionsRequest.of(incoming);
    incoming.check();
    TeamProject created =
        access.create(
            call.get(Principal.class),
            new TeamId(GivenIds.relationship(incoming, "team")),
            new ProjectId(GivenIds.relationship(incoming, "project")),
            new TeamProjects.Wish(level, asked::over));
    return Reply.document(201, document(created));
  }

  private Reply update(Call call) {
    Incoming incoming = Incoming.of(call, TeamProjectResource.TYPE);
    Optional<Level> level = incoming.choice("access", Level.class).given();
    ProjectPermissionsRequest asked = ProjectPermissionsRequest.of(incoming);
    incoming.check();
    TeamProject updated = access.update(call.get(Principal.class), id(call), level, asked::over);
    return Reply.document(200, document(updated));
  }

  private static Document document(TeamProject access) {
    return Document.of(TeamProjectResource.of(access));
  }

  private static TeamProjectId id(Call call) {
    return call.path("id", TeamProjectId::new);
  }
}
