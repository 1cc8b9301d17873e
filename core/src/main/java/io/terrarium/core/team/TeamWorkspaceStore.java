package io.terrarium.core.team;

import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamWorkspaceId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of what teams may do in workspaces.
final class TeamWorkspaceStore {
  private static final String FROM =
      """
        FROM team_workspaces a
        JOIN teams t ON t.id = a.team_id
        JOIN workspaces w ON w.id = a.workspace_id
      """;

  private static final String SELECT =
      "SELECT a.*, t.external_id AS team, w.external_id AS workspace" + FROM;

  private static final String OF_WORKSPACE =
      " WHERE a.workspace_id = :workspace AND (:team::text IS NULL OR t.external_id = :team)";

  private static final String INSERT =
      """
      INSERT INTO team_workspaces
             (external_id, team_id, workspace_id, access, runs, variables, state_versions,
              sentinel_mocks, workspace_locking, run_tasks, policy_overrides)
      VALUES (:id, :team, :workspace, :access, :runs::run_access, :variables::variable_access,
              :stateVersions::state_version_access, :sentinelMocks::sentinel_mock_access,
              :workspaceLocking, :runTasks, :policyOverrides)
      ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE team_workspaces
         SET access = :access, runs = :runs::run_access, variables = :variables::variable_access,
             state_versions = :stateVersions::state_version_access,
             sentinel_mocks = :sentinelMocks::sentinel_mock_access,
             workspace_locking = :workspaceLocking, run_tasks = :runTasks,
             policy_overrides = :policyOverrides
       WHERE id = :key
      """;

  Optional<TeamWorkspace> find(Handle db, TeamWorkspaceId id) {
    return db.createQuery(SELECT + " WHERE a.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Paged<TeamWorkspace> list(Handle db, long workspaceKey, Optional<TeamId> team, Page page) {
    return new PagedQuery(SELECT, FROM, OF_WORKSPACE, "a.id")
        .page(
            db,
            page,
            query ->
                query
                    .bind("workspace", workspaceKey)
                    .bind("team", team.map(TeamId::value).orElse(null)),
            (row, _) -> read(row));
  }

  /// False when the team has access already.
  boolean insert(
      Handle db,
      TeamWorkspaceId id,
      long teamKey,
      long workspaceKey,
      TeamWorkspace.Level access,
      WorkspacePermissions permissions) {
    return WorkspaceColumns.bind(db.createUpdate(INSERT), permissions)
            .bind("access", Kebab.of(access))
            .bind("id", id.value())
            .bind("team", teamKey)
            .bind("workspace", workspaceKey)
            .execute()
        == 1;
  }

  void update(Handle db, long key, TeamWorkspace.Level access, WorkspacePermissions permissions) {
    WorkspaceColumns.bind(db.createUpdate(UPDATE), permissions)
        .bind("access", Kebab.of(access))
        .bind("key", key)
        .execute();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM team_workspaces WHERE id = ?", key);
  }

  private static TeamWorkspace read(ResultSet row) throws SQLException {
    return new TeamWorkspace(
        row.getLong("id"),
        new TeamWorkspaceId(row.getString("external_id")),
        new TeamId(row.getString("team")),
        new WorkspaceId(row.getString("workspace")),
        WorkspaceColumns.read(row, "access", TeamWorkspace.Level.class),
        WorkspaceColumns.read(row));
  }
}
