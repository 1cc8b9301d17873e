package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// The queue of each workspace: one run at a time holds the workspace, from leaving `pending` until
/// its end, and the others follow in the order of their creation. Plan-only runs and saved plans
/// stand beside it.
final class RunQueue {
  // Everybody who gives or takes the workspace meets at this row. No stronger than an UPDATE of it
  // is: a FOR UPDATE would wait for every insert that refers to the workspace, and they for us.
  private static final String LOCK_WORKSPACE =
      """
      SELECT locked_by_type, locked_by_id FROM workspaces WHERE id = :workspace
         FOR NO KEY UPDATE
      """;

  private static final String NEXT =
      """
      SELECT r.id FROM runs r
       WHERE r.workspace_id = :workspace AND r.status = 'pending'
         AND NOT r.plan_only AND NOT r.save_plan
         AND r.status NOT IN %s
       ORDER BY r.id LIMIT 1
      """
          .formatted(RunStatus.FINAL_SQL);

  private static final String HOLD =
      """
      UPDATE workspaces SET locked_by_type = 'runs', locked_by_id = :run, current_run_id = :key,
             lock_reason = NULL, latest_change_at = :now, lock_version = lock_version + 1
       WHERE id = :workspace AND locked_by_id IS NULL
      """;

  private static final String LET_GO =
      """
      UPDATE workspaces SET locked_by_type = NULL, locked_by_id = NULL, latest_change_at = :now,
             lock_version = lock_version + 1
       WHERE id = :workspace AND locked_by_type = 'runs' AND locked_by_id = :run
      """;

  private static final String SET_CURRENT =
      "UPDATE workspaces SET current_configuration_version_id = :configuration WHERE id = :workspace";

  private record Lock(@Nullable String type, @Nullable String id) {}

  /// Holds the workspace until the transaction ends; whoever writes runs does this first of all.
  void await(Handle db, long workspaceKey) {
    lock(db, workspaceKey);
  }

  /// The run whose turn it is now; empty while the workspace is held or nothing waits.
  Optional<Long> next(Handle db, long workspaceKey) {
    if (lock(db, workspaceKey).type() != null) {
      return Optional.empty();
    }
    return db.createQuery(NEXT).bind("workspace", workspaceKey).mapTo(Long.class).findOne();
  }

  /// Gives the workspace to `run`; false when somebody holds it.
  boolean hold(Handle db, Run run, Instant now) {
    lock(db, run.workspaceKey());
    return db.createUpdate(HOLD)
            .bind("run", run.id().value())
            .bind("key", run.key())
            .bind("now", now)
            .bind("workspace", run.workspaceKey())
            .execute()
        == 1;
  }

  void letGo(Handle db, Run run, Instant now) {
    db.createUpdate(LET_GO)
        .bind("workspace", run.workspaceKey())
        .bind("run", run.id().value())
        .bind("now", now)
        .execute();
  }

  /// The run that holds the workspace, if one does.
  Optional<RunId> holder(Handle db, long workspaceKey) {
    Lock lock = lock(db, workspaceKey);
    return "runs".equals(lock.type())
        ? Optional.ofNullable(lock.id()).map(RunId::new)
        : Optional.empty();
  }

  void setConfiguration(Handle db, long workspaceKey, long configurationVersionKey) {
    db.createUpdate(SET_CURRENT)
        .bind("workspace", workspaceKey)
        .bind("configuration", configurationVersionKey)
        .execute();
  }

  private static Lock lock(Handle db, long workspaceKey) {
    return db.createQuery(LOCK_WORKSPACE)
        .bind("workspace", workspaceKey)
        .map((row, _) -> new Lock(row.getString(1), row.getString(2)))
        .one();
  }
}
