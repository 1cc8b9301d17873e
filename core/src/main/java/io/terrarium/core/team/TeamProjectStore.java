package io.terrarium.core.team;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.TeamId;
import io.terrarium.contracts.id.TeamProjectId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.ProjectSettingAccess;
import io.terrarium.core.access.ProjectTeamAccess;
import io.terrarium.core.access.VariableAccess;
import io.terrarium.kernel.json.Kebab;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Update;

/// SQL of what teams may do in projects.
final class TeamProjectStore {
  private static final String FROM =
      """
        FROM team_projects a
        JOIN teams t ON t.id = a.team_id
        JOIN projects p ON p.id = a.project_id
      """;

  private static final String SELECT =
      "SELECT a.*, t.external_id AS team, p.external_id AS project" + FROM;

  private static final String OF_PROJECT =
      " WHERE a.project_id = :project AND (:team::text IS NULL OR t.external_id = :team)";

  private static final String INSERT =
      """
      INSERT INTO team_projects
             (external_id, team_id, project_id, access, settings, teams, variable_sets,
              workspace_create, workspace_move, workspace_delete, workspace_locking, runs,
              variables, state_versions, sentinel_mocks, run_tasks, policy_overrides)
      VALUES (:id, :team, :project, :access, :settings::project_setting_access,
              :teams::project_team_access, :variableSets::project_variable_set_access,
              :create, :move, :delete, :workspaceLocking, :runs::run_access,
              :variables::variable_access, :stateVersions::state_version_access,
              :sentinelMocks::sentinel_mock_access, :runTasks, :policyOverrides)
      ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE team_projects
         SET access = :access, settings = :settings::project_setting_access,
             teams = :teams::project_team_access,
             variable_sets = :variableSets::project_variable_set_access,
             workspace_create = :create, workspace_move = :move, workspace_delete = :delete,
             workspace_locking = :workspaceLocking, runs = :runs::run_access,
             variables = :variables::variable_access,
             state_versions = :stateVersions::state_version_access,
             sentinel_mocks = :sentinelMocks::sentinel_mock_access, run_tasks = :runTasks,
             policy_overrides = :policyOverrides
       WHERE id = :key
      """;

  Optional<TeamProject> find(Handle db, TeamProjectId id) {
    return db.createQuery(SELECT + " WHERE a.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Paged<TeamProject> list(Handle db, long projectKey, Optional<TeamId> team, Page page) {
    return new PagedQuery(SELECT, FROM, OF_PROJECT, "a.id")
        .page(
            db,
            page,
            query ->
                query
                    .bind("project", projectKey)
                    .bind("team", team.map(TeamId::value).orElse(null)),
            (row, _) -> read(row));
  }

  /// False when the team has access already.
  boolean insert(
      Handle db,
      TeamProjectId id,
      long teamKey,
      long projectKey,
      TeamProject.Level access,
      ProjectPermissions permissions) {
    return columns(db.createUpdate(INSERT), access, permissions)
            .bind("id", id.value())
            .bind("team", teamKey)
            .bind("project", projectKey)
            .execute()
        == 1;
  }

  void update(Handle db, long key, TeamProject.Level access, ProjectPermissions permissions) {
    columns(db.createUpdate(UPDATE), access, permissions).bind("key", key).execute();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM team_projects WHERE id = ?", key);
  }

  private static Update columns(
      Update update, TeamProject.Level access, ProjectPermissions permissions) {
    return WorkspaceColumns.bind(update, permissions.workspaces())
        .bind("access", Kebab.of(access))
        .bind("settings", Kebab.of(permissions.settings()))
        .bind("teams", Kebab.of(permissions.teams()))
        .bind("variableSets", Kebab.of(permissions.variableSets()))
        .bind("create", permissions.create())
        .bind("move", permissions.move())
        .bind("delete", permissions.delete());
  }

  private static TeamProject read(ResultSet row) throws SQLException {
    return new TeamProject(
        row.getLong("id"),
        new TeamProjectId(row.getString("external_id")),
        new TeamId(row.getString("team")),
        new ProjectId(row.getString("project")),
        WorkspaceColumns.read(row, "access", TeamProject.Level.class),
        new ProjectPermissions(
            WorkspaceColumns.read(row, "settings", ProjectSettingAccess.class),
            WorkspaceColumns.read(row, "teams", ProjectTeamAccess.class),
            WorkspaceColumns.read(row, "variable_sets", VariableAccess.class),
            row.getBoolean("workspace_create"),
            row.getBoolean("workspace_move"),
            row.getBoolean("workspace_delete"),
            WorkspaceColumns.read(row)));
  }
}
