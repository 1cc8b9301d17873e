package io.terrarium.core.access;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.kernel.json.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// Finds organizations and workspaces together with what the caller may do there, in one query
/// each.
final class AccessStore {
  private static final String ORGANIZATION =
      "SELECT "
          + StandingSql.COLUMNS
          + " FROM organizations o"
          + StandingSql.JOIN
          + " WHERE NOT o.is_disabled AND ";

  private static final String ADMINISTERS =
      """
      SELECT EXISTS (SELECT FROM team_workspaces a JOIN workspaces w ON w.id = a.workspace_id
                      WHERE w.organization_id = :organization AND a.team_id = ANY (:teams)
                        AND a.%s)
          OR EXISTS (SELECT FROM team_projects a JOIN workspaces w ON w.project_id = a.project_id
                      WHERE w.organization_id = :organization AND a.team_id = ANY (:teams)
                        AND a.%s)
      """
          .formatted(WorkspaceAccessSql.WORKSPACE_ADMIN, WorkspaceAccessSql.PROJECT_ADMIN);

  private static final String WORKSPACE =
      "SELECT "
          + WorkspaceAccessSql.COLUMNS
          + " FROM workspaces w JOIN organizations o ON o.id = w.organization_id"
          + WorkspaceAccessSql.JOIN
          + " WHERE "
          + WorkspaceAccessSql.IS_OPEN
          + " AND ";

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
    return WorkspaceAccessSql.bind(query, principal)
        .map((row, _) -> WorkspaceAccessSql.read(principal, row))
        .list();
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
    return WorkspaceAccessSql.bind(query, principal)
        .map((row, _) -> WorkspaceAccessSql.read(principal, row))
        .findOne();
  }

  static <E extends Enum<E>> E word(ResultSet row, String column, Class<E> type)
      throws SQLException {
    return Kebab.read(row.getString(column), type).orElseThrow();
  }
}
