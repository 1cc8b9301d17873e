package io.terrarium.core.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.StatusTimestamps;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of runs of all organizations.
final class AdminRunStore {
  private static final String SELECT =
      """
      SELECT r.external_id, r.status, r.status_timestamps, r.has_changes, r.created_at,
             w.external_id AS workspace, o.name AS organization_name
        FROM runs r JOIN workspaces w ON w.id = r.workspace_id
             JOIN organizations o ON o.id = r.organization_id
      """;

  private static final String NARROWED =
      """
       WHERE (cardinality(:statuses) = 0 OR r.status = ANY (:statuses))
         AND (:since::timestamptz IS NULL OR r.created_at >= :since)
         AND (:until::timestamptz IS NULL OR r.created_at <= :until)
         AND (:text::text IS NULL OR r.external_id = :text
              OR r.workspace_id IN (
                SELECT v.id FROM workspaces v JOIN organizations p ON p.id = v.organization_id
                 WHERE v.name ILIKE :part OR p.name ILIKE :part OR p.email ILIKE :part))
      """;

  // The page is found first, and only its rows are joined.
  private static final String PAGE =
      SELECT
          + " WHERE r.id IN (SELECT r.id FROM runs r "
          + NARROWED
          + " ORDER BY r.id DESC LIMIT :limit OFFSET :offset) ORDER BY r.id DESC";

  private static final String COUNT_BY_STATUS =
      "SELECT coalesce(sum(runs), 0) FROM run_counters"
          + " WHERE cardinality(:statuses) = 0 OR status = ANY (:statuses)";

  Paged<AdminRun> list(Handle db, AdminRunFilter filter, Page page) {
    List<AdminRun> runs =
        narrowed(db.createQuery(PAGE), filter)
            .bind("limit", page.size())
            .bind("offset", page.offset())
            .map((row, _) -> run(row))
            .list();
    return new Paged<>(runs, page, count(db, filter));
  }

  private static long count(Handle db, AdminRunFilter filter) {
    Query query =
        filter.isCounted()
            ? db.createQuery(COUNT_BY_STATUS).bindArray("statuses", String.class, filter.statuses())
            : narrowed(db.createQuery("SELECT count(*) FROM runs r" + NARROWED), filter);
    return query.mapTo(Long.class).one();
  }

  private static Query narrowed(Query query, AdminRunFilter filter) {
    return query
        .bindArray("statuses", String.class, filter.statuses())
        .bind("since", filter.since().orElse(null))
        .bind("until", filter.until().orElse(null))
        .bind("text", filter.text().orElse(null))
        .bind("part", filter.text().map(LikePattern::containing).orElse(null));
  }

  Map<String, Long> statusCounts(Handle db) {
    return RunStatusCounts.of(
        db.createQuery("SELECT status, sum(runs) FROM run_counters GROUP BY status"), false);
  }

  Optional<AdminRun> find(Handle db, RunId id) {
    return db.createQuery(SELECT + " WHERE r.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> run(row))
        .findOne();
  }

  List<AdminRun> findAll(Handle db, List<RunId> ids) {
    return db.createQuery(SELECT + " WHERE r.external_id = ANY (:ids) ORDER BY r.id DESC")
        .bindArray("ids", String.class, ids.stream().map(RunId::value).toList())
        .map((row, _) -> run(row))
        .list();
  }

  private static AdminRun run(ResultSet row) throws SQLException {
    return new AdminRun(
        new RunId(row.getString("external_id")),
        row.getString("status"),
        StatusTimestamps.of(row.getString("status_timestamps")),
        row.getBoolean("has_changes"),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        new WorkspaceId(row.getString("workspace")),
        row.getString("organization_name"));
  }
}
