package io.terrarium.core.runtrigger;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.RunTriggerId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.runtrigger.RunTrigger.Direction;
import io.terrarium.kernel.jsonapi.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of run triggers.
final class RunTriggerStore {
  private static final String SELECT =
      """
      SELECT t.id, t.external_id, t.created_at,
             w.id AS workspace_key, w.external_id AS workspace_id, w.name AS workspace_name,
             s.id AS source_key, s.external_id AS source_id, s.name AS source_name
        FROM run_triggers t
        JOIN workspaces w ON w.id = t.workspace_id
        JOIN workspaces s ON s.id = t.source_workspace_id
      """;

  private static final String INSERT =
      """
      INSERT INTO run_triggers (external_id, workspace_id, source_workspace_id, created_at)
      VALUES (:id, :workspace, :source, :now) ON CONFLICT DO NOTHING
      """;

  private static final String TARGETS =
      """
      SELECT w.id, w.external_id, w.auto_apply_run_trigger, s.name AS source_name
        FROM runs r
        JOIN run_triggers t ON t.source_workspace_id = r.workspace_id
        JOIN workspaces w ON w.id = t.workspace_id
        JOIN workspaces s ON s.id = r.workspace_id
       WHERE r.external_id = :run ORDER BY w.id
      """;

  private static final String TAKE =
      """
      INSERT INTO triggered_workspaces (run_id, workspace_id)
      SELECT r.id, :workspace FROM runs r WHERE r.external_id = :run ON CONFLICT DO NOTHING
      """;

  /// A workspace that an applied run sets off.
  record Target(long key, WorkspaceId id, boolean autoApply, String sourceName) {}

  /// False when there is one already.
  boolean insert(Handle db, RunTriggerId id, long workspaceKey, long sourceKey, Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("workspace", workspaceKey)
            .bind("source", sourceKey)
            .bind("now", now)
            .execute()
        == 1;
  }

  Optional<RunTrigger> find(Handle db, RunTriggerId id) {
    return db.createQuery(SELECT + " WHERE t.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  List<RunTrigger> list(Handle db, long workspaceKey, Direction direction, Page page) {
    return db.createQuery(
            SELECT
                + " WHERE "
                + ofWorkspace(direction)
                + " ORDER BY t.id LIMIT :limit OFFSET :offset")
        .bind("workspace", workspaceKey)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> read(row))
        .list();
  }

  long count(Handle db, long workspaceKey, Direction direction) {
    return db.createQuery("SELECT count(*) FROM run_triggers t WHERE " + ofWorkspace(direction))
        .bind("workspace", workspaceKey)
        .mapTo(Long.class)
        .one();
  }

  private static String ofWorkspace(Direction direction) {
    return switch (direction) {
      case INBOUND -> "t.workspace_id = :workspace";
      case OUTBOUND -> "t.source_workspace_id = :workspace";
    };
  }

  /// Until the end of the transaction nobody else gives the workspace another source.
  void lockSources(Handle db, long workspaceKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('run_triggers_of_' || ?))", workspaceKey);
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM run_triggers WHERE id = ?", key);
  }

  List<Target> targets(Handle db, RunId run) {
    return db.createQuery(TARGETS)
        .bind("run", run.value())
        .map((row, _) ->
            new Target(
                row.getLong("id"),
                new WorkspaceId(row.getString("external_id")),
                row.getBoolean("auto_apply_run_trigger"),
                row.getString("source_name")))
        .list();
  }

  /// False when the run has triggered the workspace before.
  boolean take(Handle db, RunId run, long workspaceKey) {
    return db.createUpdate(TAKE).bind("run", run.value()).bind("workspace", workspaceKey).execute()
        == 1;
  }

  private static RunTrigger read(ResultSet row) throws SQLException {
    return new RunTrigger(
        row.getLong("id"),
        new RunTriggerId(row.getString("external_id")),
        new RunTrigger.End(
            row.getLong("workspace_key"),
            new WorkspaceId(row.getString("workspace_id")),
            row.getString("workspace_name")),
        new RunTrigger.End(
            row.getLong("source_key"),
            new WorkspaceId(row.getString("source_id")),
            row.getString("source_name")),
        row.getTimestamp("created_at").toInstant());
  }
}
