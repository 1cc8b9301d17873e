package io.terrarium.core.retention;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.run.RunStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of the files of states and configurations: whether they are there, are to go, or are gone.
final class BackingDataStore {
  /// What has files.
  enum Kind {
    STATE("state_versions", "finalized", "object_id, json_object_id", ""),
    CONFIGURATION(
        "configuration_versions",
        "uploaded",
        "object_id, NULL",
        """
         AND NOT EXISTS (SELECT FROM runs r
                          WHERE r.configuration_version_id = t.id AND r.status NOT IN
        """
            + RunStatus.FINAL_SQL
            + ")");

    private final String table;
    private final String present;
    private final String objects;
    private final String unused;

    Kind(String table, String present, String objects, String unused) {
      this.table = table;
      this.present = present;
      this.objects = objects;
      this.unused = unused;
    }

    /// Neither what its workspace has now, nor what an open run still needs.
    private String isSpare() {
      String current =
          this == STATE ? "current_state_version_id" : "current_configuration_version_id";
      return " AND t.id IS DISTINCT FROM (SELECT w."
          + current
          + " FROM workspaces w WHERE w.id = t.workspace_id)"
          + unused;
    }
  }

  private static final String SOFT_DELETE =
      """
      UPDATE %1$s AS t
         SET status = 'backing_data_soft_deleted', soft_deleted_at = :now,
             lock_version = lock_version + 1
      """;

  private static final String DUE =
      """
       WHERE t.id IN (SELECT t.id FROM %1$s t
                        JOIN retention_in_force f ON f.workspace_id = t.workspace_id
                       WHERE t.status = '%2$s' AND t.soft_deleted_at IS NULL
                         AND t.created_at < CAST(:now AS timestamptz) - make_interval(days => f.days)
      """;

  private static final String DELETE =
      """
      UPDATE %1$s AS t
         SET status = 'backing_data_permanently_deleted', lock_version = lock_version + 1
       WHERE t.status = 'backing_data_soft_deleted' AND
      """;

  private static final String OUTPUTS =
      """
      DELETE FROM state_version_outputs o USING state_versions s
       WHERE s.id = o.state_version_id AND s.object_id = ANY (:objects)
      """;

  Optional<WorkspaceId> workspace(Handle db, Kind kind, String id) {
    return db.createQuery(
            "SELECT w.external_id FROM "
                + kind.table
                + " t JOIN workspaces w ON w.id = t.workspace_id WHERE t.external_id = :id")
        .bind("id", id)
        .mapTo(String.class)
        .findOne()
        .map(WorkspaceId::new);
  }

  /// Marks what its workspace's policy no longer keeps.
  ///
  /// @return how many
  int softDeleteDue(Handle db, Kind kind, Instant now, int most) {
    String sql =
        (SOFT_DELETE + DUE).formatted(kind.table, kind.present)
            + kind.isSpare()
            + " ORDER BY t.id LIMIT :most FOR UPDATE OF t SKIP LOCKED)";
    return db.createUpdate(sql).bind("now", now).bind("most", most).execute();
  }

  /// False when it is not there, or is still needed.
  boolean softDelete(Handle db, Kind kind, String id, Instant now) {
    String sql =
        SOFT_DELETE.formatted(kind.table)
            + " WHERE t.external_id = :id AND t.status = '"
            + kind.present
            + "'"
            + kind.isSpare();
    return db.createUpdate(sql).bind("id", id).bind("now", now).execute() == 1;
  }

  /// The time of the mark stays: somebody wanted the files back, so no policy marks them again.
  boolean restore(Handle db, Kind kind, String id) {
    String sql =
        """
        UPDATE %s AS t
           SET status = '%s', lock_version = lock_version + 1
         WHERE t.external_id = :id AND t.status = 'backing_data_soft_deleted'
        """
            .formatted(kind.table, kind.present);
    return db.createUpdate(sql).bind("id", id).execute() == 1;
  }

  /// What was deleted for good.
  ///
  /// @param objects that may go now
  record Deleted(int rows, List<String> objects) {}

  /// Deletes those whose mark is older than `grace`; what stays is that there was one.
  Deleted deleteExpired(Handle db, Kind kind, Instant now, Duration grace, int most) {
    String sql =
        DELETE.formatted(kind.table)
            + " t.id IN (SELECT t.id FROM "
            + kind.table
            + " t WHERE t.status = 'backing_data_soft_deleted' AND t.soft_deleted_at < :before"
            + " ORDER BY t.id LIMIT :most FOR UPDATE SKIP LOCKED) RETURNING "
            + kind.objects;
    List<Objects> rows =
        db.createQuery(sql)
            .bind("before", now.minus(grace))
            .bind("most", most)
            .map((row, _) -> new Objects(row.getString(1), row.getString(2)))
            .list();
    return new Deleted(rows.size(), objects(rows));
  }

  /// As [#deleteExpired]; empty when it was not marked before.
  Optional<List<String>> delete(Handle db, Kind kind, String id) {
    return db.createQuery(
            DELETE.formatted(kind.table) + " t.external_id = :id RETURNING " + kind.objects)
        .bind("id", id)
        .map((row, _) -> new Objects(row.getString(1), row.getString(2)))
        .findOne()
        .map(found -> objects(List.of(found)));
  }

  /// The values that were read in states go with them.
  void deleteOutputs(Handle db, List<String> objects) {
    db.createUpdate(OUTPUTS).bindArray("objects", String.class, objects).execute();
  }

  private record Objects(@Nullable String first, @Nullable String second) {}

  private static List<String> objects(List<Objects> rows) {
    return rows.stream()
        .flatMap(
            row -> Stream.concat(Stream.ofNullable(row.first()), Stream.ofNullable(row.second())))
        .toList();
  }
}
