package io.terrarium.core.run;

import io.terrarium.kernel.jsonapi.Page;
import java.util.List;
import org.jdbi.v3.core.Handle;

/// SQL of lists of runs. Totals come from counters, so that the last page costs what the first
/// does.
final class RunListStore {
  private static final String OPEN = " r.status NOT IN " + RunStatus.FINAL_SQL;

  // The page is found on the index alone, and only its rows are joined.
  private static final String OF_WORKSPACE =
      RunRow.SELECT
          + """
           WHERE r.id IN (SELECT id FROM runs
                           WHERE workspace_id = :workspace
                             AND (cardinality(:statuses) = 0 OR status = ANY (:statuses))
                             AND (cardinality(:operations) = 0 OR operation = ANY (:operations))
                           ORDER BY id DESC LIMIT :limit OFFSET :offset)
           ORDER BY r.id DESC
          """;

  private static final String COUNT_OF_WORKSPACE =
      """
      SELECT coalesce(sum(runs), 0) FROM run_counters
       WHERE workspace_id = :workspace
         AND (cardinality(:statuses) = 0 OR status = ANY (:statuses))
         AND (cardinality(:operations) = 0 OR operation = ANY (:operations))
      """;

  private static final String QUEUE =
      RunRow.SELECT
          + " WHERE r.organization_id = :organization AND r.status <> 'planned' AND"
          + " r.status <> 'planned_and_saved' AND"
          + OPEN
          + " ORDER BY r.id LIMIT :limit OFFSET :offset";

  private static final String QUEUE_SIZE =
      "SELECT count(*) FROM runs r WHERE r.organization_id = :organization AND r.status <> 'planned'"
          + " AND r.status <> 'planned_and_saved' AND"
          + OPEN;

  private static final String CAPACITY =
      "SELECT count(*) FILTER (WHERE r.status IN ('pending', 'queuing', 'plan_queued', 'confirmed',"
          + " 'queuing_apply', 'apply_queued')), count(*) FILTER (WHERE r.status IN ('planning',"
          + " 'applying')) FROM runs r WHERE r.organization_id = :organization AND"
          + OPEN;

  // Locked, so that they are as they are read until they have been discarded.
  private static final String SAVED_PLANS =
      RunRow.SELECT
          + " WHERE r.workspace_id = :workspace AND r.status = 'planned_and_saved'"
          + " ORDER BY r.id FOR UPDATE OF r";

  /// What a list is narrowed to; empty lists narrow nothing.
  record Filter(List<String> statuses, List<String> operations) {}

  /// Runs that wait for room, and runs at work.
  record Capacity(long pending, long running) {}

  List<Run> ofWorkspace(Handle db, long workspaceKey, Filter filter, Page page) {
    return db.createQuery(OF_WORKSPACE)
        .bind("workspace", workspaceKey)
        .bindArray("statuses", String.class, filter.statuses())
        .bindArray("operations", String.class, filter.operations())
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  long countOfWorkspace(Handle db, long workspaceKey, Filter filter) {
    return db.createQuery(COUNT_OF_WORKSPACE)
        .bind("workspace", workspaceKey)
        .bindArray("statuses", String.class, filter.statuses())
        .bindArray("operations", String.class, filter.operations())
        .mapTo(Long.class)
        .one();
  }

  List<Run> queue(Handle db, long organizationKey, Page page) {
    return db.createQuery(QUEUE)
        .bind("organization", organizationKey)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  long queueSize(Handle db, long organizationKey) {
    return db.createQuery(QUEUE_SIZE).bind("organization", organizationKey).mapTo(Long.class).one();
  }

  Capacity capacity(Handle db, long organizationKey) {
    return db.createQuery(CAPACITY)
        .bind("organization", organizationKey)
        .map((row, _) -> new Capacity(row.getLong(1), row.getLong(2)))
        .one();
  }

  private static final String PENDING_BEFORE =
      RunRow.SELECT
          + " WHERE r.workspace_id = :workspace AND r.status = 'pending' AND r.id < :run ORDER BY r.id";

  List<Run> pendingBefore(Handle db, Run run) {
    return db.createQuery(PENDING_BEFORE)
        .bind("workspace", run.workspaceKey())
        .bind("run", run.key())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  List<Run> savedPlans(Handle db, long workspaceKey) {
    return db.createQuery(SAVED_PLANS)
        .bind("workspace", workspaceKey)
        .map((row, _) -> RunRow.read(row))
        .list();
  }
}
