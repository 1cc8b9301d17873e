package io.terrarium.core.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of workspaces of all organizations.
final class AdminWorkspaceStore {
  private static final String COLUMNS =
      "SELECT w.external_id, w.name, w.locked_by_type IS NOT NULL AS is_locked,"
          + " o.name AS organization_name, r.external_id AS current_run";

  private static final String TABLES =
      """
        FROM workspaces w JOIN organizations o ON o.id = w.organization_id
             LEFT JOIN runs r ON r.id = w.current_run_id
      """;

  private static final String NARROWED =
      """
       WHERE (:text::text IS NULL OR w.name ILIKE :text OR o.name ILIKE :text)
         AND (cardinality(:statuses) = 0 OR r.status = ANY (:statuses))
      """;

  private static final String STATUS_COUNTS =
      """
      SELECT coalesce(r.status, 'none'), count(*)
        FROM workspaces w LEFT JOIN runs r ON r.id = w.current_run_id
       GROUP BY 1
      """;

  Paged<AdminWorkspace> list(Handle db, AdminWorkspaceFilter filter, Page page) {
    return new PagedQuery(COLUMNS + TABLES, TABLES, NARROWED, filter.sort().sql())
        .page(db, page, query -> narrowed(query, filter), (row, _) -> workspace(row));
  }

  private static Query narrowed(Query query, AdminWorkspaceFilter filter) {
    return query
        .bind("text", filter.text().map(LikePattern::containing).orElse(null))
        .bindArray("statuses", String.class, filter.currentRunStatuses());
  }

  Map<String, Long> statusCounts(Handle db) {
    return RunStatusCounts.of(db.createQuery(STATUS_COUNTS), true);
  }

  Optional<AdminWorkspace> find(Handle db, WorkspaceId id) {
    return db.createQuery(COLUMNS + TABLES + " WHERE w.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> workspace(row))
        .findOne();
  }

  List<AdminWorkspace> findAll(Handle db, List<WorkspaceId> ids) {
    return db.createQuery(COLUMNS + TABLES + " WHERE w.external_id = ANY (:ids) ORDER BY w.id")
        .bindArray("ids", String.class, ids.stream().map(WorkspaceId::value).toList())
        .map((row, _) -> workspace(row))
        .list();
  }

  private static AdminWorkspace workspace(ResultSet row) throws SQLException {
    String run = row.getString("current_run");
    return new AdminWorkspace(
        new WorkspaceId(row.getString("external_id")),
        row.getString("name"),
        row.getBoolean("is_locked"),
        row.getString("organization_name"),
        run == null ? null : new RunId(run));
  }
}
