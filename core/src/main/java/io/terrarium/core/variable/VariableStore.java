package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.WorkspaceId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of variables.
final class VariableStore {
  private static final String SELECT =
      """
      SELECT v.*, w.external_id AS workspace_external_id
        FROM variables v JOIN workspaces w ON w.id = v.workspace_id
      """;

  private static final String INSERT =
      """
      INSERT INTO variables (external_id, workspace_id, key, value_ciphertext, description, category,
        is_hcl, is_sensitive, version_id, created_at)
      VALUES (:id, :workspace, :name, :ciphertext, :description, :category, :hcl, :sensitive,
        :version, :now)
      ON CONFLICT (workspace_id, category, key) DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE variables v
         SET key = :name, value_ciphertext = coalesce(:ciphertext, value_ciphertext),
             description = :description, is_hcl = :hcl, is_sensitive = :sensitive,
             version_id = :version
       WHERE id = :key
         AND NOT EXISTS (SELECT 1 FROM variables other
                          WHERE other.workspace_id = v.workspace_id AND other.key = :name
                            AND other.category = v.category AND other.id <> v.id)
      """;

  List<Variable> list(Handle db, long workspaceKey) {
    return db.createQuery(SELECT + " WHERE v.workspace_id = :workspace ORDER BY v.id")
        .bind("workspace", workspaceKey)
        .map((row, _) -> read(row))
        .list();
  }

  /// Until the end of the transaction nobody else changes it.
  void lock(Handle db, long key) {
    db.createQuery("SELECT id FROM variables WHERE id = :key FOR UPDATE")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne();
  }

  Optional<Variable> find(Handle db, VariableId id) {
    return db.createQuery(SELECT + " WHERE v.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// False when the workspace has one of that key and category.
  boolean insert(
      Handle db,
      long workspaceKey,
      VariableId id,
      Variable.Definition definition,
      String ciphertext,
      String versionId,
      Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("workspace", workspaceKey)
            .bind("name", definition.name())
            .bind("ciphertext", ciphertext)
            .bind("description", definition.description())
            .bind("category", definition.category().wire())
            .bind("hcl", definition.hcl())
            .bind("sensitive", definition.sensitive())
            .bind("version", versionId)
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when another one of the workspace has that key.
  ///
  /// @param ciphertext null when the value stays
  boolean update(
      Handle db,
      long key,
      Variable.Definition definition,
      @Nullable String ciphertext,
      String versionId) {
    return db.createUpdate(UPDATE)
            .bind("key", key)
            .bind("name", definition.name())
            .bind("ciphertext", ciphertext)
            .bind("description", definition.description())
            .bind("hcl", definition.hcl())
            .bind("sensitive", definition.sensitive())
            .bind("version", versionId)
            .execute()
        == 1;
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM variables WHERE id = :key").bind("key", key).execute();
  }

  private static Variable read(ResultSet row) throws SQLException {
    return new Variable(
        row.getLong("id"),
        new VariableId(row.getString("external_id")),
        new WorkspaceId(row.getString("workspace_external_id")),
        new Variable.Definition(
            row.getString("key"),
            row.getString("description"),
            Variable.Category.valueOf(row.getString("category").toUpperCase(Locale.ROOT)),
            row.getBoolean("is_hcl"),
            row.getBoolean("is_sensitive")),
        row.getString("value_ciphertext"),
        row.getString("version_id"),
        row.getTimestamp("created_at").toInstant());
  }
}
