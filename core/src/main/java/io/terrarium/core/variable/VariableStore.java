package io.terrarium.core.variable;

import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.kernel.jsonapi.Page;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of variables.
final class VariableStore {
  private static final String SELECT =
      """
      SELECT v.*, w.external_id AS workspace_external_id, s.external_id AS set_external_id
        FROM variables v LEFT JOIN workspaces w ON w.id = v.workspace_id
             LEFT JOIN variable_sets s ON s.id = v.variable_set_id
      """;

  private static final String OF_OWNER =
      " WHERE (v.workspace_id = :workspace OR v.variable_set_id = :set)";

  private static final String EFFECTIVE =
      SELECT
          + """
           JOIN effective_variables e ON e.variable_id = v.id AND e.workspace_id = :workspace
          ORDER BY v.id
          """;

  private static final String REACHING =
      """
      SELECT v.external_id, r.category, r.key
        FROM reaching_variables r JOIN variables v ON v.id = r.variable_id
       WHERE r.workspace_id = :workspace
       ORDER BY r.rank, r.set_name COLLATE "C"
      """;

  private static final String APPLIED =
      """
      SELECT DISTINCT s.id FROM applied_variable_sets a
        JOIN variable_sets s ON s.id = a.variable_set_id
       WHERE a.workspace_id = :workspace AND s.external_id = :set
      """;

  private static final String INSERT =
      """
      INSERT INTO variables (external_id, workspace_id, variable_set_id, key, value_ciphertext,
        description, category, is_hcl, is_sensitive, version_id, created_at)
      VALUES (:id, :workspace, :set, :name, :ciphertext, :description, :category, :hcl, :sensitive,
        :version, :now)
      ON CONFLICT DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE variables v
         SET key = :name, value_ciphertext = coalesce(:ciphertext, value_ciphertext),
             description = :description, is_hcl = :hcl, is_sensitive = :sensitive,
             version_id = :version
       WHERE id = :key
         AND NOT EXISTS (SELECT 1 FROM variables other
                          WHERE (other.workspace_id = v.workspace_id
                                 OR other.variable_set_id = v.variable_set_id)
                            AND other.key = :name AND other.category = v.category
                            AND other.id <> v.id)
      """;

  /// The row of the owner.
  record Holder(@Nullable Long workspace, @Nullable Long set) {
    static Holder workspace(long key) {
      return new Holder(key, null);
    }

    static Holder set(long key) {
      return new Holder(null, key);
    }

    <S extends SqlStatement<S>> S bound(S statement) {
      return statement.bind("workspace", workspace).bind("set", set);
    }
  }

  /// A variable of a set or of the workspace itself, as it reaches a workspace.
  record Reaching(VariableId id, String category, String key) {
    boolean isLike(Variable.Definition other) {
      return category.equals(other.category().wire()) && key.equals(other.name());
    }
  }

  List<Variable> list(Handle db, Holder owner) {
    return owner
        .bound(db.createQuery(SELECT + OF_OWNER + " ORDER BY v.id"))
        .map((row, _) -> read(row))
        .list();
  }

  /// Those of many.
  ///
  /// @param workspaces keys of owners, as `sets`
  List<Variable> list(Handle db, List<Long> workspaces, List<Long> sets) {
    return db.createQuery(
            SELECT
                + " WHERE v.workspace_id = ANY (:workspaces) OR v.variable_set_id = ANY (:sets)"
                + " ORDER BY v.id")
        .bindArray("workspaces", Long.class, workspaces)
        .bindArray("sets", Long.class, sets)
        .map((row, _) -> read(row))
        .list();
  }

  List<Variable> list(Handle db, Holder owner, Page page) {
    return owner
        .bound(db.createQuery(SELECT + OF_OWNER + " ORDER BY v.id LIMIT :limit OFFSET :offset"))
        .bind("limit", page.size())
        .bind("offset", page.offset())
        .map((row, _) -> read(row))
        .list();
  }

  long count(Handle db, Holder owner) {
    return owner
        .bound(db.createQuery("SELECT count(*) FROM variables v" + OF_OWNER))
        .mapTo(Long.class)
        .one();
  }

  /// What a run of the workspace would get now, its own variables and those of sets.
  List<Variable> effective(Handle db, long workspaceKey) {
    return db.createQuery(EFFECTIVE)
        .bind("workspace", workspaceKey)
        .map((row, _) -> read(row))
        .list();
  }

  /// All that reach the workspace, the strongest first.
  List<Reaching> reaching(Handle db, long workspaceKey) {
    return db.createQuery(REACHING)
        .bind("workspace", workspaceKey)
        .map((row, _) ->
            new Reaching(
                new VariableId(row.getString("external_id")),
                row.getString("category"),
                row.getString("key")))
        .list();
  }

  /// A set, if it is applied to the workspace.
  Optional<Holder> appliedSet(Handle db, long workspaceKey, VariableSetId set) {
    return db.createQuery(APPLIED)
        .bind("workspace", workspaceKey)
        .bind("set", set.value())
        .mapTo(Long.class)
        .findOne()
        .map(Holder::set);
  }

  /// Until the end of the transaction nobody else changes the owner's variables, so that no two of
  /// them get one key.
  void lock(Handle db, Holder owner) {
    String name = owner.set() == null ? "workspace_" + owner.workspace() : "set_" + owner.set();
    db.execute("SELECT pg_advisory_xact_lock(hashtext('variables_of_' || ?))", name);
  }

  Optional<Variable> find(Handle db, VariableId id) {
    return db.createQuery(SELECT + " WHERE v.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// What is written of a variable.
  ///
  /// @param ciphertext null when the value stays
  record Written(Variable.Definition definition, @Nullable String ciphertext, String versionId) {}

  /// False when the owner has one of that key and category.
  boolean insert(Handle db, Holder owner, VariableId id, Written written, Instant now) {
    return bound(owner.bound(db.createUpdate(INSERT)), written)
            .bind("id", id.value())
            .bind("category", written.definition().category().wire())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when another one of the owner has that key.
  boolean update(Handle db, long key, Written written) {
    return bound(db.createUpdate(UPDATE), written).bind("key", key).execute() == 1;
  }

  private static <S extends SqlStatement<S>> S bound(S statement, Written written) {
    Variable.Definition definition = written.definition();
    return statement
        .bind("name", definition.name())
        .bind("ciphertext", written.ciphertext())
        .bind("description", definition.description())
        .bind("hcl", definition.hcl())
        .bind("sensitive", definition.sensitive())
        .bind("version", written.versionId());
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM variables WHERE id = :key").bind("key", key).execute();
  }

  private static Variable read(ResultSet row) throws SQLException {
    return new Variable(
        row.getLong("id"),
        new VariableId(row.getString("external_id")),
        owner(row),
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

  private static VariableOwner owner(ResultSet row) throws SQLException {
    @Nullable String set = row.getString("set_external_id");
    return set == null
        ? new VariableOwner.OfWorkspace(new WorkspaceId(row.getString("workspace_external_id")))
        : new VariableOwner.OfSet(new VariableSetId(set));
  }
}
