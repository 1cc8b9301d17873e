package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.contracts.id.WorkspaceResourceId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/// SQL of the resources of workspaces.
final class ResourceStore {
  private static final int ROWS_AT_ONCE = 1000;

  private static final String NARROWED =
      """
       FROM workspace_resources r
       WHERE r.workspace_id = :workspace AND (:address::text IS NULL OR r.address ILIKE :address)
      """;

  private static final String IS_CURRENT =
      """
      SELECT EXISTS (SELECT FROM workspaces WHERE id = :workspace
                        AND current_state_version_id = :version)
      """;

  // What has not changed keeps its id and its times.
  private static final String UPSERT =
      """
      INSERT INTO workspace_resources AS r (external_id, workspace_id, address, module, provider,
        type, name, name_index, fingerprint, state_version_key, modified_by_state_version_id,
        created_at, updated_at)
      VALUES (:id, :workspace, :address, :module, :provider, :type, :name, :nameIndex, :fingerprint,
        :version, :versionId, :now, :now)
      ON CONFLICT (workspace_id, md5(address)) DO UPDATE
         SET state_version_key = :version, module = :module, provider = :provider, type = :type,
             name = :name, name_index = :nameIndex, fingerprint = :fingerprint,
             modified_by_state_version_id =
               CASE WHEN r.fingerprint = :fingerprint THEN r.modified_by_state_version_id
                    ELSE :versionId END,
             updated_at = CASE WHEN r.fingerprint = :fingerprint THEN r.updated_at ELSE :now END
      """;

  private static final String DELETE_OTHERS =
      "DELETE FROM workspace_resources"
          + " WHERE workspace_id = :workspace AND state_version_key <> :version";

  /// The state that the rows are from.
  record Source(long workspaceKey, long versionKey, StateVersionId versionId) {}

  /// Whether the state is still the workspace's; nobody changes that until the transaction ends.
  boolean isCurrent(Handle db, Source source) {
    db.createQuery("SELECT id FROM workspaces WHERE id = :workspace FOR NO KEY UPDATE")
        .bind("workspace", source.workspaceKey())
        .mapTo(Long.class)
        .findOne();
    return db.createQuery(IS_CURRENT)
        .bind("workspace", source.workspaceKey())
        .bind("version", source.versionKey())
        .mapTo(Boolean.class)
        .one();
  }

  void replace(
      Handle db,
      Source source,
      List<ResourceRow> rows,
      Function<ResourceRow, String> fingerprint,
      Supplier<String> ids,
      Instant now) {
    PreparedBatch batch = db.prepareBatch(UPSERT);
    for (ResourceRow row : rows) {
      batch
          .bind("id", ids.get())
          .bind("workspace", source.workspaceKey())
          .bind("version", source.versionKey())
          .bind("versionId", source.versionId().value())
          .bind("fingerprint", fingerprint.apply(row))
          .bind("now", now)
          .bind("address", row.address())
          .bind("module", row.module())
          .bind("provider", row.provider())
          .bind("type", row.type())
          .bind("name", row.name())
          .bind("nameIndex", row.nameIndex())
          .add();
      if (batch.size() == ROWS_AT_ONCE) {
        batch.execute();
      }
    }
    if (batch.size() > 0) {
      batch.execute();
    }
    db.createUpdate(DELETE_OTHERS)
        .bind("workspace", source.workspaceKey())
        .bind("version", source.versionKey())
        .execute();
  }

  Paged<WorkspaceResource> list(Handle db, long workspaceKey, ResourceFilter filter, Page page) {
    return new PagedQuery("SELECT r.*", "", NARROWED, filter.sort().sql())
        .page(db, page, query -> narrowed(query, workspaceKey, filter), (row, _) -> resource(row));
  }

  private static Query narrowed(Query query, long workspaceKey, ResourceFilter filter) {
    return query
        .bind("workspace", workspaceKey)
        .bind("address", filter.address().map(LikePattern::containing).orElse(null));
  }

  private static WorkspaceResource resource(ResultSet row) throws SQLException {
    return new WorkspaceResource(
        new WorkspaceResourceId(row.getString("external_id")),
        row.getString("address"),
        row.getString("name"),
        row.getString("module"),
        row.getString("provider"),
        row.getString("type"),
        row.getString("name_index"),
        new StateVersionId(row.getString("modified_by_state_version_id")),
        row.getObject("created_at", OffsetDateTime.class).toInstant(),
        row.getObject("updated_at", OffsetDateTime.class).toInstant());
  }
}
