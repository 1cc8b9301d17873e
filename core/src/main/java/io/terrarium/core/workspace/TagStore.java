package io.terrarium.core.workspace;

import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// SQL of tags.
final class TagStore {
  private static final String BIND =
      """
      INSERT INTO tag_bindings (workspace_id, key, value) VALUES (:workspace, :key, :value)
      ON CONFLICT (workspace_id, key) DO UPDATE SET value = excluded.value
      """;

  private static final String BIND_PLAIN =
      """
      INSERT INTO tag_bindings (workspace_id, key) VALUES (:workspace, :key)
      ON CONFLICT (workspace_id, key) DO NOTHING
      """;

  private static final String UNBIND =
      """
      DELETE FROM tag_bindings
       WHERE workspace_id = :workspace AND (key = ANY (:names) OR suffix = ANY (:suffixes))
      """;

  private static final String UNBIND_OTHERS =
      "DELETE FROM tag_bindings WHERE workspace_id = :workspace AND NOT key = ANY (:names)";

  List<Tag.Bound> list(Handle db, long workspaceKey) {
    return db.createQuery("SELECT * FROM tag_bindings WHERE workspace_id = :workspace ORDER BY key")
        .bind("workspace", workspaceKey)
        .map((row, _) ->
            new Tag.Bound(
                row.getString("suffix"),
                new Tag(row.getString("key"), row.getString("value")),
                row.getTimestamp("created_at").toInstant()))
        .list();
  }

  /// Adds `tags`; one whose key is there already has the new value then.
  void bind(Handle db, long workspaceKey, List<Tag> tags) {
    PreparedBatch batch = db.prepareBatch(BIND);
    for (Tag tag : tags) {
      batch.bind("workspace", workspaceKey).bind("key", tag.key()).bind("value", tag.value()).add();
    }
    batch.execute();
  }

  /// Adds plain tags; one that is bound with a value keeps it.
  void bindPlain(Handle db, long workspaceKey, List<String> names) {
    PreparedBatch batch = db.prepareBatch(BIND_PLAIN);
    names.forEach(name -> batch.bind("workspace", workspaceKey).bind("key", name).add());
    batch.execute();
  }

  void unbind(Handle db, long workspaceKey, List<String> names, List<String> suffixes) {
    db.createUpdate(UNBIND)
        .bind("workspace", workspaceKey)
        .bindArray("names", String.class, names)
        .bindArray("suffixes", String.class, suffixes)
        .execute();
  }

  void unbindOthers(Handle db, long workspaceKey, List<String> names) {
    db.createUpdate(UNBIND_OTHERS)
        .bind("workspace", workspaceKey)
        .bindArray("names", String.class, names)
        .execute();
  }
}
