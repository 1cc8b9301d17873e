package io.terrarium.core.access;

import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal.RunPrincipal;
import io.terrarium.core.access.Principal.TeamPrincipal;
import io.terrarium.core.access.Principal.UserPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// Finds things together with how the caller belongs to their organization, in one query each.
final class AccessStore {
  private static final String MEMBERSHIP =
      """
      (SELECT CASE WHEN bool_or(t.name = 'owners') THEN 'OWNER'
                   WHEN count(*) > 0 THEN 'MEMBER' ELSE 'NONE' END
         FROM teams t
        WHERE t.organization_id = o.id
          AND (t.id = :team
               OR EXISTS (SELECT 1 FROM team_memberships m
                           WHERE m.team_id = t.id AND m.user_id = :user))) AS membership
      """;

  private static final String ORGANIZATION =
      "SELECT o.id AS organization_key, o.external_id AS organization_id,"
          + " o.name AS organization_name, "
          + MEMBERSHIP
          + " FROM organizations o WHERE NOT o.is_disabled AND ";

  private static final String WORKSPACE =
      "SELECT w.id AS workspace_key, w.external_id AS workspace_id, w.name AS workspace_name,"
          + " (w.global_remote_state OR EXISTS (SELECT FROM remote_state_consumers c"
          + "   WHERE c.workspace_id = w.id AND c.consumer_id = :run)) AS is_state_shared,"
          + " o.id AS organization_key,"
          + " o.external_id AS organization_id, o.name AS organization_name, "
          + MEMBERSHIP
          + " FROM workspaces w JOIN organizations o ON o.id = w.organization_id"
          + " WHERE NOT o.is_disabled AND ";

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
        db.createQuery(ORGANIZATION + "o.id = ANY (:keys)").bind("keys", keys.toArray(Long[]::new));
    return callerBound(query, principal).map((row, _) -> organization(principal, row)).list();
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
    return callerBound(query, principal).map((row, _) -> organization(principal, row)).findOne();
  }

  private static OrganizationAccess organization(Principal principal, ResultSet row)
      throws SQLException {
    long key = row.getLong("organization_key");
    return new OrganizationAccess(
        key,
        new OrganizationId(row.getString("organization_id")),
        row.getString("organization_name"),
        Rights.inOrganization(principal, key, membership(row)));
  }

  private static Optional<WorkspaceAccess> workspace(Principal principal, Query query) {
    return runBound(query, principal).map((row, _) -> workspace(principal, row)).findOne();
  }

  /// With the workspace that a run is in.
  private static Query runBound(Query query, Principal principal) {
    @Nullable Long workspace = principal instanceof RunPrincipal run ? run.workspaceKey() : null;
    return callerBound(query, principal).bind("run", workspace);
  }

  private static WorkspaceAccess workspace(Principal principal, ResultSet row) throws SQLException {
    long key = row.getLong("workspace_key");
    long organizationKey = row.getLong("organization_key");
    Set<WorkspaceRight> rights =
        Rights.inWorkspace(
            principal, key, organizationKey, membership(row), row.getBoolean("is_state_shared"));
    return new WorkspaceAccess(
        key,
        new WorkspaceId(row.getString("workspace_id")),
        row.getString("workspace_name"),
        organizationKey,
        new OrganizationId(row.getString("organization_id")),
        row.getString("organization_name"),
        rights);
  }

  private static Query callerBound(Query query, Principal principal) {
    @Nullable Long user = principal instanceof UserPrincipal person ? person.userKey() : null;
    @Nullable Long team = principal instanceof TeamPrincipal group ? group.teamKey() : null;
    return query.bind("user", user).bind("team", team);
  }

  private static Membership membership(ResultSet row) throws SQLException {
    return Membership.valueOf(row.getString("membership"));
  }
}
