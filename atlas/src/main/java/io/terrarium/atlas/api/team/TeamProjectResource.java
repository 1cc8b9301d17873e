package io.terrarium.atlas.api.team;

import io.terrarium.core.team.ProjectPermissions;
import io.terrarium.core.team.TeamProject;
import io.terrarium.core.team.WorkspacePermissions;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Relationship;
import io.terrarium.kernel.jsonapi.Resource;
import java.util.LinkedHashMap;
import java.util.Map;

/// A team's access to a project on the wire.
final class TeamProjectResource {
  static final String TYPE = "team-projects";

  private TeamProjectResource() {}

  record Attributes(String access, ProjectAccess projectAccess, WorkspaceAccess workspaceAccess) {}

  record ProjectAccess(String settings, String teams, String variableSets) {}

  record WorkspaceAccess(
      boolean create,
      boolean move,
      boolean locking,
      boolean delete,
      String runs,
      String variables,
      String stateVersions,
      String sentinelMocks,
      boolean runTasks,
      boolean policyOverrides) {
    static WorkspaceAccess of(ProjectPermissions permissions) {
      WorkspacePermissions workspaces = permissions.workspaces();
      return new WorkspaceAccess(
          permissions.create(),
          permissions.move(),
          workspaces.workspaceLocking(),
          permissions.delete(),
          Kebab.of(workspaces.runs()),
          Kebab.of(workspaces.variables()),
          Kebab.of(workspaces.stateVersions()),
          Kebab.of(workspaces.sentinelMocks()),
          workspaces.runTasks(),
          workspaces.policyOverrides());
    }
  }

  static Resource of(TeamProject access) {
    ProjectPermissions permissions = access.permissions();
    Map<String, Relationship> ends = new LinkedHashMap<>();
    ends.put(
        "team", Relationship.one("teams", access.team().value(), "/api/v2/teams/" + access.team()));
    ends.put(
        "project",
        Relationship.one(
            "projects", access.project().value(), "/api/v2/projects/" + access.project()));
    return new Resource(
        access.id().value(),
        TYPE,
        new Attributes(
            Kebab.of(access.access()),
            new ProjectAccess(
                Kebab.of(permissions.settings()),
                Kebab.of(permissions.teams()),
                Kebab.of(permissions.variableSets())),
            WorkspaceAccess.of(permissions)),
        ends,
        Map.of("self", TeamProjectsApi.ALL + "/" + access.id()));
  }
}
