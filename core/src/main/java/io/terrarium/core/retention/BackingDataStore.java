package io.terrarium.core.retention;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.kernel.json.Json;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;

/// SQL of the files of states, configurations, plans and applies: whether they are there, are to
/// go, or are gone.
final class BackingDataStore {
  private static final String OUTPUTS =
      """
      DELETE FROM state_version_outputs o USING state_versions s
       WHERE s.id = o.state_version_id AND s.object_id = ANY (:objects)
      """;

  Optional<WorkspaceId> workspace(Handle db, FileHolder holder, String id) {
    String sql =
        """
        SELECT w.external_id FROM %s t JOIN workspaces w ON w.id = %s
         WHERE t.external_id = :id %s
           FOR UPDATE OF t
        """
            .formatted(holder.table(), holder.workspace(), holder.own());
    return db.createQuery(sql).bind("id", id).mapTo(String.class).findOne().map(WorkspaceId::new);
  }

  /// Marks what its workspace's policy no longer keeps.
  ///
  /// @return how many
  int softDeleteDue(Handle db, FileHolder holder, Instant now, int most) {
    String due =
        """
         WHERE t.id IN (
           SELECT t.id FROM retention_in_force f
             LEFT JOIN LATERAL (SELECT n.id FROM %1$s ORDER BY n.id DESC
                                OFFSET f.%2$s_keep - 1 LIMIT 1) kept ON true
             JOIN %3$s
            WHERE num_nonnulls(f.%2$s_days, f.%2$s_keep) > 0
              AND t.%4$s = '%5$s' AND t.soft_deleted_at IS NULL
              AND (f.%2$s_days IS NULL
                   OR %6$s < CAST(:now AS timestamptz) - make_interval(days => f.%2$s_days))
              AND (f.%2$s_keep IS NULL OR %7$s < kept.id) %8$s
            ORDER BY t.id LIMIT :most FOR UPDATE OF t SKIP LOCKED)
        """
            .formatted(
                holder.counted(),
                holder.policy(),
                holder.inWorkspace(),
                holder.status(),
                holder.present(),
                holder.since(),
                holder.place(),
                holder.isSpare());
    return stamped(db.createUpdate(softDelete(holder) + due), holder, now)
        .bind("now", now)
        .bind("most", most)
        .execute();
  }

  /// False when it is not there, or is still needed.
  boolean softDelete(Handle db, FileHolder holder, String id, Instant now) {
    String sql =
        softDelete(holder)
            + " WHERE t.external_id = :id AND t.%s = '%s'"
                .formatted(holder.status(), holder.present())
            + holder.isSpare();
    return stamped(db.createUpdate(sql), holder, now).bind("id", id).bind("now", now).execute()
        == 1;
  }

  private static String softDelete(FileHolder holder) {
    return set(holder, "backing_data_soft_deleted", "soft-delete-backing-data-at")
        + ", soft_deleted_at = :now";
  }

  /// The time of the mark stays: somebody wanted the files back, so no policy marks them again.
  boolean restore(Handle db, FileHolder holder, String id, Instant now) {
    String sql =
        set(holder, holder.present(), "restore-backing-data-at")
            + " WHERE t.external_id = :id AND t.%s = 'backing_data_soft_deleted'"
                .formatted(holder.status());
    return stamped(db.createUpdate(sql), holder, now).bind("id", id).execute() == 1;
  }

  /// What was deleted for good.
  ///
  /// @param objects that may go now
  record Deleted(int rows, List<String> objects) {}

  /// Deletes those whose mark is older than `grace`; what stays is that there was one.
  Deleted deleteExpired(Handle db, FileHolder holder, Instant now, Duration grace, int most) {
    String which =
        """
         t.id IN (SELECT t.id FROM %s t
                   WHERE t.%s = 'backing_data_soft_deleted' AND t.soft_deleted_at < :before %s
                   ORDER BY t.id LIMIT :most FOR UPDATE SKIP LOCKED)
        """
            .formatted(holder.table(), holder.status(), holder.own());
    List<List<String>> rows =
        stamped(db.createQuery(delete(holder, which)), holder, now)
            .bind("before", now.minus(grace))
            .bind("most", most)
            .map((row, _) -> holder.objects(row))
            .list();
    return new Deleted(rows.size(), rows.stream().flatMap(List::stream).toList());
  }

  /// As [#deleteExpired]; empty when it was not marked before.
  Optional<List<String>> delete(Handle db, FileHolder holder, String id, Instant now) {
    return stamped(db.createQuery(delete(holder, " t.external_id = :id ")), holder, now)
        .bind("id", id)
        .map((row, _) -> holder.objects(row))
        .findOne();
  }

  private static String delete(FileHolder holder, String which) {
    return set(holder, "backing_data_permanently_deleted", "permanently-delete-backing-data-at")
        + " WHERE t.%s = 'backing_data_soft_deleted' AND ".formatted(holder.status())
        + which
        + " RETURNING "
        + holder.facts();
  }

  /// Gives up the slug of a configuration that nothing needs any more; empty when it is needed, or
  /// there is none.
  Optional<List<String>> archive(Handle db, String id, Instant now) {
    FileHolder holder = FileHolder.CONFIGURATION;
    String sql =
        set(holder, "archived", "archived-at")
            + " WHERE t.external_id = :id AND t.status = 'uploaded'"
            + holder.isSpare()
            + " RETURNING "
            + holder.facts();
    return stamped(db.createQuery(sql), holder, now)
        .bind("id", id)
        .map((row, _) -> holder.objects(row))
        .findOne();
  }

  /// @param stamp under which the row tells when, if it does
  private static String set(FileHolder holder, String status, String stamp) {
    String stamping =
        holder.isStamped()
            ? ", status_timestamps = t.status_timestamps || jsonb_build_object('%s', :stamp::text)"
                .formatted(stamp)
            : "";
    return "UPDATE %s AS t SET %s = '%s', lock_version = lock_version + 1"
            .formatted(holder.table(), holder.status(), status)
        + stamping;
  }

  private static <S extends SqlStatement<S>> S stamped(
      S statement, FileHolder holder, Instant now) {
    return holder.isStamped() ? statement.bind("stamp", Json.format(now)) : statement;
  }

  /// The values that were read in states go with them.
  void deleteOutputs(Handle db, List<String> objects) {
    db.createUpdate(OUTPUTS).bindArray("objects", String.class, objects).execute();
  }
}
