package io.terrarium.core.run;

import io.terrarium.contracts.id.RunId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.Visibility;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of lists of runs. Totals come from counters, and pages are looked for from the nearer end of
/// an index that holds all that is asked of it, so that the last page costs what the first does.
final class RunListStore {
  private static final String OPEN = " r.status NOT IN " + RunStatus.FINAL_SQL;

  /// What the counters know of, and the index `runs_listed` too.
  private static final String COUNTED =
      """
       AND (cardinality(:statuses) = 0 OR r.status = ANY (:statuses))
       AND (cardinality(:group) = 0 OR r.status = ANY (:group))
       AND (cardinality(:operations) = 0 OR r.operation = ANY (:operations))
      """;

  private static final String VISIBLE =
      " (:isAllVisible OR EXISTS (SELECT FROM workspaces w WHERE w.id = r.workspace_id AND"
          + Visibility.OF_WORKSPACES
          + "))";

  private static final String NARROWED =
      COUNTED
          + """
           AND (cardinality(:sources) = 0 OR r.source = ANY (:sources))
           AND (cardinality(:workspaces) = 0
                OR r.workspace_id IN (SELECT w.id FROM workspaces w
                                       WHERE w.organization_id = r.organization_id
                                         AND w.name = ANY (:workspaces)))
           AND NOT :agents AND :commit::text IS NULL
           AND (:since::timestamptz IS NULL OR r.created_at >= :since)
           AND (:until::timestamptz IS NULL OR r.created_at < :until)
           AND (:user::text IS NULL
                OR r.created_by_user_id IN (SELECT u.id FROM users u WHERE u.username ILIKE :user))
           AND (:text::text IS NULL OR r.external_id = :text OR r.message ILIKE :part
                OR r.created_by_user_id IN (SELECT u.id FROM users u WHERE u.username ILIKE :part))
          """;

  private static final String OF_WORKSPACE = "r.workspace_id = :owner";
  private static final String FROM_NEWEST = page(OF_WORKSPACE + COUNTED, "DESC");
  private static final String FROM_OLDEST = page(OF_WORKSPACE + COUNTED, "ASC");
  private static final String NARROWED_OF_WORKSPACE = page(OF_WORKSPACE + NARROWED, "DESC");
  private static final String NARROWED_OF_ORGANIZATION =
      page("r.organization_id = :owner AND" + VISIBLE + NARROWED, "DESC");

  private static final String COUNT_OF_WORKSPACE =
      """
      SELECT coalesce(sum(r.runs), 0) FROM run_counters r WHERE r.workspace_id = :owner
      """
          + COUNTED;

  private static final String COUNT_NARROWED =
      "SELECT count(*) FROM runs r WHERE " + OF_WORKSPACE + NARROWED;

  private static final String IN_QUEUE =
      " r.organization_id = :organization AND r.status <> 'planned'"
          + " AND r.status <> 'planned_and_saved' AND"
          + OPEN
          + " AND"
          + VISIBLE;

  private static final String QUEUE =
      RunRow.SELECT + " WHERE" + IN_QUEUE + " ORDER BY r.id LIMIT :limit OFFSET :offset";

  private static final String QUEUE_SIZE = "SELECT count(*) FROM runs r WHERE" + IN_QUEUE;

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

  /// Runs that wait for room, and runs at work.
  record Capacity(long pending, long running) {}

  /// The page is found first, on an index alone, and only its rows are joined. By an array, since a
  /// join more is one too many for the planner to reorder: it would join all runs, then choose.
  private static String page(String condition, String direction) {
    return RunRow.SELECT
        + " WHERE r.id = ANY (ARRAY(SELECT r.id FROM runs r WHERE "
        + condition
        + " ORDER BY r.id "
        + direction
        + " LIMIT :limit OFFSET :offset)) ORDER BY r.id DESC";
  }

  Paged<Run> ofWorkspace(Handle db, long workspaceKey, RunFilter filter, Page page) {
    if (filter.isCounted()) {
      return counted(db, workspaceKey, filter, page);
    }
    List<Run> runs =
        narrowed(db.createQuery(NARROWED_OF_WORKSPACE), workspaceKey, filter)
            .bind("limit", page.size())
            .bind("offset", page.offset())
            .map((row, _) -> RunRow.read(row))
            .list();
    return Paged.of(
        runs,
        page,
        () ->
            narrowed(db.createQuery(COUNT_NARROWED), workspaceKey, filter).mapTo(Long.class).one());
  }

  /// From whichever end of the list is nearer. Runs that are added after the count move no page
  /// that is counted from the oldest.
  private static Paged<Run> counted(Handle db, long workspaceKey, RunFilter filter, Page page) {
    long total =
        counted(db.createQuery(COUNT_OF_WORKSPACE), workspaceKey, filter).mapTo(Long.class).one();
    long size = Math.min(page.size(), total - page.offset());
    if (size <= 0) {
      return new Paged<>(List.of(), page, total);
    }
    long older = total - page.offset() - size;
    boolean isNearNewest = page.offset() <= older;
    List<Run> runs =
        counted(db.createQuery(isNearNewest ? FROM_NEWEST : FROM_OLDEST), workspaceKey, filter)
            .bind("limit", size)
            .bind("offset", isNearNewest ? page.offset() : older)
            .map((row, _) -> RunRow.read(row))
            .list();
    return new Paged<>(runs, page, total);
  }

  /// A page, and one more when another page follows.
  List<Run> ofOrganization(
      Handle db, OrganizationAccess organization, RunFilter filter, Page page) {
    Query query = Visibility.bindWorkspaces(db.createQuery(NARROWED_OF_ORGANIZATION), organization);
    return narrowed(query, organization.key(), filter)
        .bind("limit", page.size() + 1)
        .bind("offset", page.offset())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  private static Query narrowed(Query query, long ownerKey, RunFilter filter) {
    return counted(query, ownerKey, filter)
        .bindArray("sources", String.class, filter.sources())
        .bindArray("workspaces", String.class, filter.workspaceNames())
        .bind("agents", filter.ofAgents())
        .bind("since", filter.since().orElse(null))
        .bind("until", filter.until().orElse(null))
        .bind("user", filter.user().map(LikePattern::containing).orElse(null))
        .bind("commit", filter.commit().orElse(null))
        .bind("text", filter.text().orElse(null))
        .bind("part", filter.text().map(LikePattern::containing).orElse(null));
  }

  private static Query counted(Query query, long ownerKey, RunFilter filter) {
    return query
        .bind("owner", ownerKey)
        .bindArray("statuses", String.class, filter.statuses())
        .bindArray("group", String.class, group(filter))
        .bindArray("operations", String.class, filter.operations());
  }

  private static List<String> group(RunFilter filter) {
    return filter.group().map(RunStatus.Group::wires).orElse(List.of());
  }

  List<Run> queue(Handle db, OrganizationAccess organization, Page page) {
    return Visibility.bindWorkspaces(db.createQuery(QUEUE), organization)
        .bind("organization", organization.key())
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> RunRow.read(row))
        .list();
  }

  long queueSize(Handle db, OrganizationAccess organization) {
    return Visibility.bindWorkspaces(db.createQuery(QUEUE_SIZE), organization)
        .bind("organization", organization.key())
        .mapTo(Long.class)
        .one();
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

  /// Plans of older commits of a pull request that are not at their end.
  List<RunId> openOfPullRequest(Handle db, NewestCommit newest) {
    return db.createQuery(
            "SELECT r.external_id FROM runs r JOIN workspaces w ON w.id = r.workspace_id"
                + " JOIN ingress_attributes i"
                + " ON i.configuration_version_id = r.configuration_version_id"
                + " WHERE w.external_id = :workspace AND r.status NOT IN "
                + RunStatus.FINAL_SQL
                + " AND r.plan_only AND i.pull_request_number = :number"
                + " AND i.commit_sha <> :sha AND i.webhook_delivery_id < :delivery"
                + " ORDER BY r.id")
        .bind("workspace", newest.workspace().value())
        .bind("number", newest.pullRequest())
        .bind("sha", newest.sha())
        .bind("delivery", newest.deliveryKey())
        .map((row, _) -> new RunId(row.getString(1)))
        .list();
  }
}
