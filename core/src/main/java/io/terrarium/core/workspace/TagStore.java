package io.terrarium.core.workspace;

import io.terrarium.contracts.id.ProjectId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/// SQL of the tags of workspaces, or of projects.
final class TagStore {
  /// Where tags are bound.
  enum Holder {
    WORKSPACE("tag_bindings", "workspace_id"),
    PROJECT("project_tag_bindings", "project_id");

    private final String table;
    private final String column;

    Holder(String table, String column) {
      this.table = table;
      this.column = column;
    }

    private String in(String sql) {
      return sql.formatted(table, column);
    }
  }

  private static final String BIND =
      """
      INSERT INTO %1$s (%2$s, key, value) VALUES (:holder, :key, :value)
      ON CONFLICT (%2$s, key) DO UPDATE SET value = excluded.value
      """;

  private static final String BIND_PLAIN =
      """
      INSERT INTO %1$s (%2$s, key) VALUES (:holder, :key)
      ON CONFLICT (%2$s, key) DO NOTHING
      """;

  private static final String UNBIND =
      """
      DELETE FROM %1$s
       WHERE %2$s = :holder AND (key = ANY (:names) OR suffix = ANY (:suffixes))
      """;

  private static final String UNBIND_OTHERS =
      "DELETE FROM %1$s WHERE %2$s = :holder AND NOT key = ANY (:names)";

  private static final String INHERITED =
      """
      SELECT b.*, p.external_id AS project
        FROM workspaces w JOIN projects p ON p.id = w.project_id
             JOIN project_tag_bindings b ON b.project_id = p.id
       WHERE w.id = ANY (:workspaces)
         AND NOT EXISTS (SELECT FROM tag_bindings own
                          WHERE own.workspace_id = w.id AND own.key = b.key)
       ORDER BY w.id, b.key
      """;

  private final Holder holder;

  TagStore() {
    this(Holder.WORKSPACE);
  }

  TagStore(Holder holder) {
    this.holder = holder;
  }

  /// Those that workspaces have from their projects.
  List<Tag.Inherited> inherited(Handle db, List<Long> workspaceKeys) {
    return db.createQuery(INHERITED)
        .bindArray("workspaces", Long.class, workspaceKeys)
        .map((row, _) -> new Tag.Inherited(read(row), new ProjectId(row.getString("project"))))
        .list();
  }

  List<Tag.Bound> list(Handle db, long holderKey) {
    return list(db, List.of(holderKey));
  }

  List<Tag.Bound> list(Handle db, List<Long> holderKeys) {
    return db.createQuery(
            holder.in("SELECT * FROM %1$s WHERE %2$s = ANY (:holders) ORDER BY %2$s, key"))
        .bindArray("holders", Long.class, holderKeys)
        .map((row, _) -> read(row))
        .list();
  }

  private static Tag.Bound read(ResultSet row) throws SQLException {
    return new Tag.Bound(
        row.getString("suffix"),
        new Tag(row.getString("key"), row.getString("value")),
        row.getTimestamp("created_at").toInstant());
  }

  /// Adds `tags`; one whose key is there already has the new value then.
  void bind(Handle db, long holderKey, List<Tag> tags) {
    PreparedBatch batch = db.prepareBatch(holder.in(BIND));
    for (Tag tag : tags) {
      batch.bind("holder", holderKey).bind("key", tag.key()).bind("value", tag.value()).add();
    }
    batch.execute();
  }

  /// Adds plain tags; one that is bound with a value keeps it.
  void bindPlain(Handle db, long holderKey, List<String> names) {
    PreparedBatch batch = db.prepareBatch(holder.in(BIND_PLAIN));
    names.forEach(name -> batch.bind("holder", holderKey).bind("key", name).add());
    batch.execute();
  }

  void unbind(Handle db, long holderKey, List<String> names, List<String> suffixes) {
    db.createUpdate(holder.in(UNBIND))
        .bind("holder", holderKey)
        .bindArray("names", String.class, names)
        .bindArray("suffixes", String.class, suffixes)
        .execute();
  }

  /// Binds `tags`, and unbinds all others.
  void bindOnly(Handle db, long holderKey, List<Tag> tags) {
    db.createUpdate(holder.in(UNBIND_OTHERS))
        .bind("holder", holderKey)
        .bindArray("names", String.class, tags.stream().map(Tag::key).toList())
        .execute();
    bind(db, holderKey, tags);
  }
}
