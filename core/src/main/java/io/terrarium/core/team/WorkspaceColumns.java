package io.terrarium.core.team;

import io.terrarium.core.access.RunAccess;
import io.terrarium.core.access.StateVersionAccess;
import io.terrarium.core.access.VariableAccess;
import io.terrarium.kernel.json.Kebab;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.jdbi.v3.core.statement.Update;

/// The columns that access to a workspace and access to a project have alike.
final class WorkspaceColumns {
  private WorkspaceColumns() {}

  static Update bind(Update update, WorkspacePermissions permissions) {
    return update
        .bind("runs", Kebab.of(permissions.runs()))
        .bind("variables", Kebab.of(permissions.variables()))
        .bind("stateVersions", Kebab.of(permissions.stateVersions()))
        .bind("sentinelMocks", Kebab.of(permissions.sentinelMocks()))
        .bind("workspaceLocking", permissions.workspaceLocking())
        .bind("runTasks", permissions.runTasks())
        .bind("policyOverrides", permissions.policyOverrides());
  }

  /// A word of access, which is written as in the API.
  static <E extends Enum<E>> E read(ResultSet row, String column, Class<E> type)
      throws SQLException {
    return Kebab.read(row.getString(column), type).orElseThrow();
  }

  static WorkspacePermissions read(ResultSet row) throws SQLException {
    return new WorkspacePermissions(
        read(row, "runs", RunAccess.class),
        read(row, "variables", VariableAccess.class),
        read(row, "state_versions", StateVersionAccess.class),
        read(row, "sentinel_mocks", SentinelMockAccess.class),
        row.getBoolean("workspace_locking"),
        row.getBoolean("run_tasks"),
        row.getBoolean("policy_overrides"));
  }
}
