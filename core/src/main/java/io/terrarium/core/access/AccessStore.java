package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.kernel.json.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds organizations and workspaces together with what the caller may do there, in one query
/// each.
final class AccessStore {
  private static final String ORGANIZATION =
      "SELECT "
          + StandingSql.COLUMNS
          + " FROM organizations o"
          + StandingSql.JOIN
          + " WHERE NOT o.is_disabled AND ";

  // Who administers one workspace, and who all of a project.
  private static final String WORKSPACE_ADMIN = "access = 'admin'";
  private static final String PROJECT_ADMIN = "access IN ('maintain', 'admin')";

  private static final String ADMINISTERS =
      """
      SELECT EXISTS (SELECT FROM team_workspaces a JOIN workspaces w ON w.id = a.workspace_id
                      WHERE w.organization_id = :organization AND a.team_id = ANY (:teams)
                        AND a.%s)
          OR EXISTS (SELECT FROM team_projects a JOIN workspaces w ON w.project_id = a.project_id
                      WHERE w.organization_id = :organization AND a.team_id = ANY (:teams)
                        AND a.%s)
      """
          .formatted(WORKSPACE_ADMIN, PROJECT_ADMIN);

  // The types of the columns of access are in rising order, so the highest is the maximum.
  private static final String GRANT =
      """
       LEFT JOIN LATERAL (
         SELECT bool_or(g.is_admin) AS is_admin, max(g.runs) AS runs,
                max(g.variables) AS variables, max(g.state_versions) AS state_versions,
                bool_or(g.locking) AS locking, bool_or(g.deletion) AS deletion
           FROM (SELECT %s AS is_admin, runs, variables, state_versions,
                        workspace_locking AS locking, false AS deletion
                   FROM team_workspaces
                  WHERE workspace_id = w.id AND team_id = ANY (mine.teams)
                 UNION ALL
                 SELECT %s, runs, variables, state_versions,
                        workspace_locking, workspace_delete
                   FROM team_projects
                  WHERE project_id = w.project_id AND team_id = ANY (mine.teams)) g) granted ON true
      """
          .formatted(WORKSPACE_ADMIN, PROJECT_ADMIN);

  private static final String WORKSPACE =
      "SELECT w.id AS workspace_key, w.external_id AS workspace_id, w.name AS workspace_name,"
          + " (w.global_remote_state OR EXISTS (SELECT FROM remote_state_consumers c"
          + "   WHERE c.workspace_id = w.id AND c.consumer_id = :run)) AS is_state_shared,"
          + " granted.*, "
          + StandingSql.COLUMNS
          + " FROM workspaces w JOIN organizations o ON o.id = w.organization_id"
          + StandingSql.JOIN
          + GRANT
          + " WHERE NOT o.is_disabled AND ";

  boolean administersWorkspaces(Handle db, OrganizationAccess in) {
    return db.createQuery(ADMINISTERS)
        .bind("organization", in.key())
        .bindArray("teams", Long.class, in.teams())
        .mapTo(Boolean.class)
        .one();
  }

  Optional<OrganizationAccess> organization(Handle db, Principal principal, String name) {
    return organization(
        principal,
        db.createQuery(ORGANIZATION + "lower(o.name) = lower(:name)").bind("name", name));
  }

  Optional<OrganizationAccess> organization(Handle db, Principal principal, long key) {
    return organization(principal, db.createQuery(ORGANIZATION + "o.id = :key").bind("key", key));
  }

  List<OrganizationAccess> organizations(Handle db, Principal principal, List<Long> keys) {
    Query query =
        db.createQuery(ORGANIZATION + "o.id = ANY (:keys)").bindArray("keys", Long.class, keys);
    return StandingSql.bind(query, principal)
        .map((row, _) -> StandingSql.organization(principal, row))
        .list();
  }

  Optional<WorkspaceAccess> workspace(Handle db, Principal principal, WorkspaceId id) {
    return workspace(
        principal, db.createQuery(WORKSPACE + "w.external_id = :id").bind("id", id.value()));
  }

  Optional<WorkspaceAccess> workspace(Handle db, Principal principal, long key) {
    return workspace(principal, db.createQuery(WORKSPACE + "w.id = :key").bind("key", key));
  }

  List<WorkspaceAccess> workspaces(Handle db, Principal principal, List<Long> keys) {
    Query query =
        db.createQuery(WORKSPACE + "w.id = ANY (:keys)").bindArray("keys", Long.class, keys);
    return runBound(query, principal).map((row, _) -> workspace(principal, row)).list();
  }

  Optional<WorkspaceAccess> workspace(
      Handle db, Principal principal, String organization, String name) {
    String condition = "lower(o.name) = lower(:organization) AND lower(w.name) = lower(:name)";
    return workspace(
        principal,
        db.createQuery(WORKSPACE + condition)
            .bind("organization", organization)
            .bind("name", name));
  }

  private static Optional<OrganizationAccess> organization(Principal principal, Query query) {
    return StandingSql.bind(query, principal)
        .map((row, _) -> StandingSql.organization(principal, row))
        .findOne();
  }

  private static Optional<WorkspaceAccess> workspace(Principal principal, Query query) {
    return runBound(query, principal).map((row, _) -> workspace(principal, row)).findOne();
  }

  /// With the workspace that a run is in.
  private static Query runBound(Query query, Principal principal) {
    @Nullable Long workspace = principal instanceof RunPrincipal run ? run.workspaceKey() : null;
    return StandingSql.bind(query, principal).bind("run", workspace);
  }

  private static WorkspaceAccess workspace(Principal principal, ResultSet row) throws SQLException {
    long key = row.getLong("workspace_key");
    OrganizationAccess organization = StandingSql.organization(principal, row);
    return new WorkspaceAccess(
        key,
        new WorkspaceId(row.getString("workspace_id")),
        row.getString("workspace_name"),
        organization.key(),
        new OrganizationId(row.getString("organization_id")),
        organization.name(),
        Rights.inWorkspace(
            principal, key, organization, grant(row), row.getBoolean("is_state_shared")));
  }

  private static Optional<WorkspaceGrant> grant(ResultSet row) throws SQLException {
    if (row.getString("runs") == null) {
      return Optional.empty();
    }
    return Optional.of(
        new WorkspaceGrant(
            row.getBoolean("is_admin"),
            word(row, "runs", RunAccess.class),
            word(row, "variables", VariableAccess.class),
            word(row, "state_versions", StateVersionAccess.class),
            row.getBoolean("locking"),
            row.getBoolean("deletion")));
  }

  static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> type)
      throws SQLException {
    return Kebab.read(row.getString(column), type).orElseThrow();
  }
}
