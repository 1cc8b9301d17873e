package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.StateVersionOutputId;
import io.terrarium.contracts.id.UserId;
import io.terrarium.contracts.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Locale;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A state version as a row that was selected, however it was found.
final class StateVersionRow {
  static final String SELECT =
      """
      SELECT s.*, w.external_id AS workspace_external_id, r.external_id AS run_external_id,
             u.external_id AS user_external_id,
             (SELECT n.external_id FROM state_versions n
               WHERE n.workspace_id = s.workspace_id AND n.id < s.id
                 AND n.status NOT IN ('pending', 'discarded')
               ORDER BY n.id DESC LIMIT 1) AS previous,
             (SELECT n.external_id FROM state_versions n
               WHERE n.workspace_id = s.workspace_id AND n.id > s.id
                 AND n.status NOT IN ('pending', 'discarded')
               ORDER BY n.id LIMIT 1) AS next,
             (SELECT b.external_id FROM state_versions b
               WHERE b.id = s.rollback_state_version_id) AS rollback,
             array(SELECT o.external_id FROM state_version_outputs o
                    WHERE o.state_version_id = s.id ORDER BY o.name) AS outputs
        FROM state_versions s
             JOIN workspaces w ON w.id = s.workspace_id
             LEFT JOIN runs r ON r.id = s.run_id
             LEFT JOIN users u ON u.id = s.created_by_user_id
      """;

  private StateVersionRow() {}

  static StateVersion read(ResultSet row) throws SQLException {
    String run = row.getString("run_external_id");
    String user = row.getString("user_external_id");
    int format = row.getInt("state_format");
    @Nullable Integer knownFormat = row.wasNull() ? null : (Integer) format;
    return new StateVersion(
        row.getLong("id"),
        new StateVersionId(row.getString("external_id")),
        row.getLong("workspace_id"),
        new WorkspaceId(row.getString("workspace_external_id")),
        run == null ? null : new RunId(run),
        user == null ? null : new UserId(user),
        StateVersion.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getLong("serial"),
        row.getString("lineage"),
        row.getString("md5"),
        row.getLong("bytes"),
        row.getString("object_id"),
        row.getString("json_object_id"),
        new StateVersion.Content(
            row.getBoolean("resources_processed"),
            knownFormat,
            row.getString("terraform_version"),
            row.getInt("resource_count"),
            StateVersionStore.tree(row.getString("resources")),
            StateVersionStore.tree(row.getString("modules")),
            StateVersionStore.tree(row.getString("providers"))),
        Stream.of((String[]) row.getArray("outputs").getArray())
            .map(StateVersionOutputId::new)
            .toList(),
        new StateVersion.Related(
            state(row, "previous"), state(row, "next"), state(row, "rollback")),
        row.getTimestamp("created_at").toInstant());
  }

  private static @Nullable StateVersionId state(ResultSet row, String column) throws SQLException {
    String id = row.getString(column);
    return id == null ? null : new StateVersionId(id);
  }
}
