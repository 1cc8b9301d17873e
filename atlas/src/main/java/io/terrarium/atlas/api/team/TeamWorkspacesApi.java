package io.terrarium.atlas.api.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamWorkspaceId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal;
import io.terrarium.core.team.TeamWorkspace;
import io.terrarium.core.team.TeamWorkspace.Level;
import io.terrarium.core.team.TeamWorkspaces;
import io.terrarium.core.team.WorkspacePermissions;
import io.terrarium.kernel.http.Api;
import io.terrarium.kernel.http.Call;
import io.terrarium.kernel.http.Reply;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Document;
import io.terrarium.kernel.jsonapi.Incoming;
import io.terrarium.kernel.jsonapi.Listing;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// What teams may do in single workspaces.
public final class TeamWorkspacesApi {
  private static final String TYPE = "team-workspaces";
  private static final String ALL = "/api/v2/team-workspaces";
  private static final String ONE = "/api/v2/team-workspaces/:id";

  private final TeamWorkspaces access;

  public TeamWorkspacesApi(TeamWorkspaces access) {
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

  record Attributes(
      String access,
      String runs,
      String variables,
      String stateVersions,
      String sentinelMocks,
      boolean workspaceLocking,
      boolean runTasks,
      boolean policyOverrides) {}

  private Reply list(Call call) {
    WorkspaceId workspace = new WorkspaceId(GivenIds.filter(call, "filter[workspace][id]"));
    Optional<TeamId> team = call.query("filter[team][id]").map(TeamId::new);
    return Reply.document(
        200,
        Listing.of(
            call,
            access
                .list(call.get(Principal.class), workspace, team, Page.of(call))
                .map(TeamWorkspacesApi::resource)));
  }

  private Reply create(Call call) {
    Incoming incoming = Incoming.of(call, TYPE);
    Level level = GivenIds.level(incoming, Level.class);
    WorkspacePermissionsRequest asked =
        WorkspacePermissionsRequest.of(incoming, "workspace-locking");
    incoming.check();
    TeamWorkspace created =
        access.create(
            call.get(Principal.class),
            new TeamId(GivenIds.relationship(incoming, "team")),
            new WorkspaceId(GivenIds.relationship(incoming, "workspace")),
            new TeamWorkspaces.Wish(level, asked::over));
    return Reply.document(201, document(created));
  }

  private Reply update(Call call) {
    Incoming incoming = Incoming.of(call, TYPE);
    Optional<Level> level = incoming.choice("access", Level.class).given();
    WorkspacePermissionsRequest asked =
        WorkspacePermissionsRequest.of(incoming, "workspace-locking");
    incoming.check();
    TeamWorkspace updated = access.update(call.get(Principal.class), id(call), level, asked::over);
    return Reply.document(200, document(updated));
  }

  private static Document document(TeamWorkspace access) {
    return Document.of(resource(access));
  }

  private static Resource resource(TeamWorkspace access) {
    WorkspacePermissions permissions = access.permissions();
    Map<String, Relationship> ends = new LinkedHashMap<>();
    ends.put(
        "team", Relationship.one("teams", access.team().value(), "/api/v2/teams/" + access.team()));
    ends.put(
        "workspace",
        Relationship.one(
            "workspaces", access.workspace().value(), "/api/v2/workspaces/" + access.workspace()));
    return new Resource(
        access.id().value(),
        TYPE,
        new Attributes(
            Kebab.of(access.access()),
            Kebab.of(permissions.runs()),
            Kebab.of(permissions.variables()),
            Kebab.of(permissions.stateVersions()),
            Kebab.of(permissions.sentinelMocks()),
            permissions.workspaceLocking(),
            permissions.runTasks(),
            permissions.policyOverrides()),
        ends,
        Map.of("self", ALL + "/" + access.id()));
  }

  private static TeamWorkspaceId id(Call call) {
    return call.path("id", TeamWorkspaceId::new);
  }
}
