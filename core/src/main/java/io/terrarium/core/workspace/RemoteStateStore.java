package io.terrarium.core.workspace;

import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.kernel.jsonapi.Page;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// SQL of the consumers of a workspace's state.
final class RemoteStateStore {
  private static final String CONSUMERS =
      """
       WHERE w.id <> :workspace AND w.organization_id = :organization
         AND (:all OR EXISTS (SELECT FROM remote_state_consumers c
                               WHERE c.workspace_id = :workspace AND c.consumer_id = w.id))
      """;

  private static final String ADD =
      """
      INSERT INTO remote_state_consumers (workspace_id, consumer_id)
      SELECT :workspace, unnest(:consumers) ON CONFLICT DO NOTHING
      """;

  private static final String REMOVE =
      "DELETE FROM remote_state_consumers WHERE workspace_id = :workspace AND consumer_id = ANY"
          + " (:consumers)";

  private static final String KEEP_ONLY =
      "DELETE FROM remote_state_consumers WHERE workspace_id = :workspace AND consumer_id <> ALL"
          + " (:consumers)";

  /// Of whose consumers a list is, and whether they are all others of its organization.
  record Source(long workspaceKey, long organizationKey, boolean isGlobal) {}

  List<Workspace> list(Handle db, Source source, Page page) {
    String sql =
        WorkspaceStore.COLUMNS
            + WorkspaceStore.TABLES
            + CONSUMERS
            + " ORDER BY w.name LIMIT :limit OFFSET :offset";
    return bound(db.createQuery(sql), source)
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> WorkspaceRow.read(row))
        .list();
  }

  long count(Handle db, Source source) {
    return bound(db.createQuery("SELECT count(*) FROM workspaces w" + CONSUMERS), source)
        .mapTo(Long.class)
        .one();
  }

  private static Query bound(Query query, Source source) {
    return query
        .bind("workspace", source.workspaceKey())
        .bind("organization", source.organizationKey())
        .bind("all", source.isGlobal());
  }

  /// The keys of those that are there in the organization.
  Map<WorkspaceId, Long> keys(Handle db, long organizationKey, Collection<WorkspaceId> ids) {
    return db
        .createQuery(
            "SELECT external_id, id FROM workspaces"
                + " WHERE organization_id = :organization AND external_id = ANY (:ids)")
        .bind("organization", organizationKey)
        .bindArray("ids", String.class, ids.stream().map(WorkspaceId::value).toList())
        .map((row, _) -> Map.entry(new WorkspaceId(row.getString(1)), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void add(Handle db, long workspaceKey, Collection<Long> consumers) {
    change(db, ADD, workspaceKey, consumers);
  }

  void remove(Handle db, long workspaceKey, Collection<Long> consumers) {
    change(db, REMOVE, workspaceKey, consumers);
  }

  void removeOthers(Handle db, long workspaceKey, Collection<Long> consumers) {
    change(db, KEEP_ONLY, workspaceKey, consumers);
  }

  private static void change(Handle db, String sql, long workspaceKey, Collection<Long> consumers) {
    db.createUpdate(sql)
        .bind("workspace", workspaceKey)
        .bindArray("consumers", Long.class, List.copyOf(consumers))
        .execute();
  }
}
