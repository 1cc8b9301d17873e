package io.terrarium.core.access;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.access.Principal.RunPrincipal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/// The part of every query of workspaces `w`, of the organization `o`, that finds what the caller
/// may do there; so a workspace and its access cost one query.
public final class WorkspaceAccessSql {
  // Who administers one workspace, and who all of a project.
  static final String WORKSPACE_ADMIN = "access = 'admin'";
  static final String PROJECT_ADMIN = "access IN ('maintain', 'admin')";

  // Without a run the parameter is 0, not null: null would make a plan for just these values look
  // so much cheaper that PostgreSQL makes one at each call, which takes longer than the query.
  public static final String COLUMNS =
      "w.id AS workspace_key, w.external_id AS workspace_external_id, w.name AS workspace_name,"
          + " (w.global_remote_state OR EXISTS (SELECT FROM remote_state_consumers c"
          + "   WHERE c.workspace_id = w.id AND c.consumer_id = coalesce(:run, 0)))"
          + " AS is_state_shared,"
          + " granted.*, "
          + StandingSql.COLUMNS;

  // The types of the columns of access are in rising order, so the highest is the maximum.
  public static final String JOIN =
      StandingSql.JOIN
          + """
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
                      WHERE project_id = w.project_id AND team_id = ANY (mine.teams)) g
             ) granted ON true
          """
              .formatted(WORKSPACE_ADMIN, PROJECT_ADMIN);

  /// Whether anybody may reach the workspace at all.
  public static final String IS_OPEN = "NOT o.is_disabled";

  private WorkspaceAccessSql() {}

  /// Binds who asks; a run with the workspace that it is in.
  public static Query bind(Query query, Principal principal) {
    @Nullable Long workspace = principal instanceof RunPrincipal run ? run.workspaceKey() : null;
    return StandingSql.bind(query, principal).bind("run", workspace);
  }

  /// What the row says of its workspace; whether the caller may see it is for [Access] to say.
  public static WorkspaceAccess read(Principal principal, ResultSet row) throws SQLException {
    long key = row.getLong("workspace_key");
    OrganizationAccess organization = StandingSql.organization(principal, row);
    return new WorkspaceAccess(
        key,
        new WorkspaceId(row.getString("workspace_external_id")),
        row.getString("workspace_name"),
        organization.key(),
        organization.id(),
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
            AccessStore.word(row, "runs", RunAccess.class),
            AccessStore.word(row, "variables", VariableAccess.class),
            AccessStore.word(row, "state_versions", StateVersionAccess.class),
            row.getBoolean("locking"),
            row.getBoolean("deletion")));
  }
}
