package io.terrarium.core.run;

import io.terrarium.contracts.id.ApplyId;
import io.terrarium.contracts.id.ConfigurationVersionId;
import io.terrarium.contracts.id.PlanId;
import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.core.access.WorkspaceAccessSql;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// A run as a row that was selected, however it was found.
final class RunRow {
  private static final String COLUMNS =
      """
      SELECT r.id, r.external_id, r.organization_id, r.workspace_id, r.status, r.message, r.source,
             r.trigger_reason, r.is_destroy, r.refresh, r.refresh_only, r.auto_apply,
             r.allow_empty_apply, r.allow_config_generation, r.plan_only, r.save_plan,
             r.debugging_mode, r.structured_log, r.target_addrs, r.replace_addrs,
             r.variables_ciphertext, r.terraform_version, r.has_changes, r.cancel_wish,
             r.canceled_at, r.force_canceled_at, r.force_cancel_available_at, r.status_timestamps,
             r.created_at, r.lock_version,
             (r.canceled_by_user_id IS NOT NULL OR r.triggering_run_id IS NOT NULL) AS has_cause,
             o.name AS organization_name, w.external_id AS workspace_external_id,
             c.external_id AS configuration_version_external_id,
             p.external_id AS plan_external_id, a.external_id AS apply_external_id,
             cb.external_id AS created_by_external_id, fb.external_id AS confirmed_by_external_id
      """;

  private static final String TABLES =
      """
        FROM runs r
        JOIN organizations o ON o.id = r.organization_id
        JOIN workspaces w ON w.id = r.workspace_id
        JOIN configuration_versions c ON c.id = r.configuration_version_id
        JOIN phases p ON p.run_id = r.id AND p.phase = 'plan'
        JOIN phases a ON a.run_id = r.id AND a.phase = 'apply'
        LEFT JOIN users cb ON cb.id = r.created_by_user_id
        LEFT JOIN users fb ON fb.id = r.confirmed_by_user_id
      """;

  static final String SELECT = COLUMNS + TABLES;

  /// With what the caller may do in the run's workspace.
  static final String SELECT_WITH_ACCESS = selectWithAccess("");

  /// With that, and with the ids of all that its resource names.
  static final String SELECT_WHOLE = selectWithAccess(RunEventStore.IDS_OF_R);

  private RunRow() {}

  private static String selectWithAccess(String more) {
    return COLUMNS + more + ", " + WorkspaceAccessSql.COLUMNS + TABLES + WorkspaceAccessSql.JOIN;
  }

  static Run read(ResultSet row) throws SQLException {
    return new Run(
        row.getLong("id"),
        new RunId(row.getString("external_id")),
        row.getLong("organization_id"),
        row.getString("organization_name"),
        row.getLong("workspace_id"),
        new WorkspaceId(row.getString("workspace_external_id")),
        new ConfigurationVersionId(row.getString("configuration_version_external_id")),
        new PlanId(row.getString("plan_external_id")),
        new ApplyId(row.getString("apply_external_id")),
        RunStatus.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        readOptions(row),
        row.getBoolean("has_changes"),
        wish(row.getString("cancel_wish")),
        instant(row, "canceled_at"),
        instant(row, "force_canceled_at"),
        instant(row, "force_cancel_available_at"),
        StatusTimestamps.of(row.getString("status_timestamps")),
        row.getString("variables_ciphertext"),
        user(row, "created_by_external_id"),
        user(row, "confirmed_by_external_id"),
        row.getBoolean("has_cause"),
        row.getTimestamp("created_at").toInstant(),
        row.getInt("lock_version"));
  }

  private static RunOptions readOptions(ResultSet row) throws SQLException {
    return new RunOptions(
        row.getString("message"),
        row.getString("source"),
        row.getString("trigger_reason"),
        row.getBoolean("is_destroy"),
        row.getBoolean("refresh"),
        row.getBoolean("refresh_only"),
        row.getBoolean("auto_apply"),
        row.getBoolean("allow_empty_apply"),
        row.getBoolean("allow_config_generation"),
        row.getBoolean("plan_only"),
        row.getBoolean("save_plan"),
        row.getBoolean("debugging_mode"),
        row.getBoolean("structured_log"),
        row.getString("terraform_version"),
        textsOrNull(row, "target_addrs"),
        textsOrNull(row, "replace_addrs"));
  }

  private static Run.@Nullable CancelWish wish(@Nullable String text) {
    return text == null ? null : Run.CancelWish.valueOf(text.toUpperCase(Locale.ROOT));
  }

  private static @Nullable UserId user(ResultSet row, String column) throws SQLException {
    String id = row.getString(column);
    return id == null ? null : new UserId(id);
  }

  static List<String> texts(ResultSet row, String column) throws SQLException {
    return List.of((String[]) row.getArray(column).getArray());
  }

  private static @Nullable List<String> textsOrNull(ResultSet row, String column)
      throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : List.of((String[]) array.getArray());
  }

  static @Nullable Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }
}
