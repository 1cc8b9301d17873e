package io.terrarium.core.access;

import io.terrarium.contracts.id.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Finds projects together with what the caller may do there, in one query each.
final class ProjectAccessStore {
  private static final String FROM =
      " FROM projects p JOIN organizations o ON o.id = p.organization_id"
          + StandingSql.JOIN
          + """
           LEFT JOIN LATERAL (
             SELECT max(a.settings) AS settings, max(a.teams) AS team_access,
                    max(a.variable_sets) AS variable_sets,
                    bool_or(a.workspace_create) AS workspace_create,
                    bool_or(a.workspace_move) AS workspace_move
               FROM team_projects a
              WHERE a.project_id = p.id AND a.team_id = ANY (mine.teams)) granted ON true
          """;

  private static final String SELECT =
      "SELECT p.id AS project_key, p.external_id AS project_id, granted.*,"
          + " EXISTS (SELECT FROM team_workspaces a JOIN workspaces w ON w.id = a.workspace_id"
          + "   WHERE w.project_id = p.id AND a.team_id = ANY (mine.teams)) AS has_workspace, "
          + StandingSql.COLUMNS
          + FROM
          + " WHERE NOT o.is_disabled AND ";

  Optional<ProjectAccess> find(Handle db, Principal principal, ProjectId id) {
    Query query = db.createQuery(SELECT + "p.external_id = :id").bind("id", id.value());
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).findOne();
  }

  List<ProjectAccess> list(Handle db, Principal principal, List<Long> keys) {
    Query query = db.createQuery(SELECT + "p.id = ANY (:keys)").bindArray("keys", Long.class, keys);
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).list();
  }

  Optional<ProjectAccess> findDefault(Handle db, Principal principal, long organizationKey) {
    Query query =
        db.createQuery(SELECT + "p.organization_id = :organization AND p.is_default")
            .bind("organization", organizationKey);
    return StandingSql.bind(query, principal).map((row, _) -> read(principal, row)).findOne();
  }

  private static ProjectAccess read(Principal principal, ResultSet row) throws SQLException {
    OrganizationAccess organization = StandingSql.organization(principal, row);
    return new ProjectAccess(
        row.getLong("project_key"),
        new ProjectId(row.getString("project_id")),
        organization,
        Rights.inProject(organization, grant(row), row.getBoolean("has_workspace")));
  }

  private static Optional<ProjectGrant> grant(ResultSet row) throws SQLException {
    if (row.getString("settings") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new ProjectGrant(
            AccessStore.word(row, "settings", ProjectSettingAccess.class),
            AccessStore.word(row, "team_access", ProjectTeamAccess.class),
            AccessStore.word(row, "variable_sets", VariableAccess.class),
            row.getBoolean("workspace_create"),
            row.getBoolean("workspace_move")));
  }
}
