package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.contracts.id.VariableId;
import io.terrarium.contracts.id.VariableSetId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.LikePattern;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.SqlStatement;
import org.jspecify.annotations.Nullable;

/// SQL of variable sets.
final class VariableSetStore {
  private static final String SELECT =
      """
      SELECT s.*, o.name AS organization_name, p.external_id AS project_external_id,
             ARRAY(SELECT v.external_id FROM variables v
                    WHERE v.variable_set_id = s.id ORDER BY v.id) AS variables,
             ARRAY(SELECT w.external_id FROM variable_set_workspaces l
                     JOIN workspaces w ON w.id = l.workspace_id
                    WHERE l.variable_set_id = s.id ORDER BY w.id) AS workspaces,
             ARRAY(SELECT j.external_id FROM variable_set_projects l
                     JOIN projects j ON j.id = l.project_id
                    WHERE l.variable_set_id = s.id ORDER BY j.id) AS projects
        FROM variable_sets s JOIN organizations o ON o.id = s.organization_id
             LEFT JOIN projects p ON p.id = s.project_id
       WHERE
      """;

  private static final String REACHES_PROJECT =
      """
      ((s.is_global AND s.organization_id = (SELECT organization_id FROM projects WHERE id = :key))
       OR (NOT s.is_global
           AND EXISTS (SELECT FROM variable_set_projects l
                        WHERE l.variable_set_id = s.id AND l.project_id = :key)))
      """;

  private static final String REACHES_WORKSPACE =
      """
      EXISTS (SELECT FROM applied_variable_sets a
               WHERE a.variable_set_id = s.id AND a.workspace_id = :key)
      """;

  private static final String FITS_WORKSPACE =
      """
      EXISTS (SELECT FROM workspaces w
               WHERE w.id = :key AND w.organization_id = s.organization_id
                 AND (s.project_id IS NULL OR s.project_id = w.project_id))
      """;

  private static final String MATCHES =
      """
       AND s.name ILIKE :search AND (CAST(:global AS boolean) IS NULL OR s.is_global = :global)
      """;

  private static final String INSERT =
      """
      INSERT INTO variable_sets (external_id, organization_id, project_id, name, description,
        is_global, is_priority, created_at, updated_at)
      VALUES (:id, :organization, :project, :name, :description, :global, :priority, :now, :now)
      ON CONFLICT (organization_id, name) DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE variable_sets s
         SET name = :name, description = :description, is_global = :global, is_priority = :priority,
             updated_at = :now
       WHERE id = :key
         AND NOT EXISTS (SELECT FROM variable_sets other
                          WHERE other.organization_id = s.organization_id AND other.name = :name
                            AND other.id <> s.id)
      """;

  private static final String RIVAL =
      """
      SELECT v.key, other.name
        FROM variable_sets s
        JOIN variables v ON v.variable_set_id = s.id
        JOIN variable_sets other ON other.organization_id = s.organization_id
             AND other.id <> s.id AND other.is_global AND NOT other.is_priority
        JOIN variables rival ON rival.variable_set_id = other.id
             AND rival.category = v.category AND rival.key = v.key
       WHERE s.id = :key AND s.is_global AND NOT s.is_priority
       ORDER BY v.id LIMIT 1
      """;

  /// Another global set's claim on a key.
  record Rival(String key, String setName) {}

  Optional<VariableSet> find(Handle db, VariableSetId id) {
    return db.createQuery(SELECT + "s.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  List<VariableSet> findAll(Handle db, List<VariableSetId> ids) {
    return db.createQuery(SELECT + "s.external_id = ANY (:ids) ORDER BY s.id")
        .bindArray("ids", String.class, ids.stream().map(VariableSetId::value).toList())
        .map((row, _) -> read(row))
        .list();
  }

  /// Those of the scope.
  Paged<VariableSet> list(
      Handle db, VariableSetScope scope, long key, VariableSetFilter filter, Page page) {
    return list(db, "(" + condition(scope) + ")", key, filter, page);
  }

  /// Those of the scope of a project that it owns itself.
  Paged<VariableSet> listOwned(
      Handle db, VariableSetScope scope, long projectKey, VariableSetFilter filter, Page page) {
    String owned = "(" + condition(scope) + ") AND s.project_id = :key";
    return list(db, owned, projectKey, filter, page);
  }

  private static Paged<VariableSet> list(
      Handle db, String scoped, long key, VariableSetFilter filter, Page page) {
    String condition = scoped + MATCHES;
    String order = "s.name COLLATE \"C\", s.id";
    return new PagedQuery(SELECT, "FROM variable_sets s WHERE", condition, order)
        .page(db, page, query -> bound(query, key, filter), (row, _) -> read(row));
  }

  /// On the set `s`, by the `:key` of what is asked.
  private static String condition(VariableSetScope scope) {
    return switch (scope) {
      case OF_ORGANIZATION -> "s.organization_id = :key";
      case OWNED_BY_ORGANIZATION -> "s.organization_id = :key AND s.project_id IS NULL";
      case OF_PROJECT -> REACHES_PROJECT + " OR s.project_id = :key";
      case APPLIED_TO_PROJECT -> REACHES_PROJECT;
      case SHARED_WITH_PROJECT -> REACHES_PROJECT + " AND s.project_id IS NULL";
      case OWNED_BY_PROJECT -> "s.project_id = :key";
      case APPLIED_TO_WORKSPACE -> REACHES_WORKSPACE;
      case APPLICABLE_TO_WORKSPACE -> FITS_WORKSPACE + " AND NOT " + REACHES_WORKSPACE;
    };
  }

  private static Query bound(Query query, long key, VariableSetFilter filter) {
    @Nullable Boolean global = filter.global().orElse(null);
    return query
        .bind("key", key)
        .bind("search", LikePattern.containing(filter.search().orElse("")))
        .bind("global", global);
  }

  /// Until the end of the transaction nobody else changes a set there: neither their names nor the
  /// keys of global ones may meet.
  void lock(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('variable_sets_of_' || ?))", organizationKey);
  }

  /// False when the name is taken.
  boolean insert(
      Handle db,
      VariableSetId id,
      long organizationKey,
      @Nullable Long projectKey,
      VariableSet.Settings settings,
      Instant now) {
    return bound(db.createUpdate(INSERT), settings, now)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("project", projectKey)
            .execute()
        == 1;
  }

  /// False when the name is taken.
  boolean update(Handle db, long key, VariableSet.Settings settings, Instant now) {
    return bound(db.createUpdate(UPDATE), settings, now).bind("key", key).execute() == 1;
  }

  private static <S extends SqlStatement<S>> S bound(
      S statement, VariableSet.Settings settings, Instant now) {
    return statement
        .bind("name", settings.name())
        .bind("description", settings.description())
        .bind("global", settings.global())
        .bind("priority", settings.priority())
        .bind("now", now);
  }

  void touch(Handle db, long key, Instant now) {
    db.execute("UPDATE variable_sets SET updated_at = ? WHERE id = ?", now, key);
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM variable_sets WHERE id = ?", key);
  }

  /// Where a global set and another one, neither of priority, say the same key: nothing would tell
  /// which of them wins.
  Optional<Rival> rival(Handle db, long key) {
    return db.createQuery(RIVAL)
        .bind("key", key)
        .map((row, _) -> new Rival(row.getString("key"), row.getString("name")))
        .findOne();
  }

  private static VariableSet read(ResultSet row) throws SQLException {
    @Nullable String project = row.getString("project_external_id");
    return new VariableSet(
        row.getLong("id"),
        new VariableSetId(row.getString("external_id")),
        new VariableSet.Owner(
            row.getLong("organization_id"),
            row.getString("organization_name"),
            row.getObject("project_id", Long.class),
            project == null ? null : new ProjectId(project)),
        new VariableSet.Settings(
            row.getString("name"),
            row.getString("description"),
            row.getBoolean("is_global"),
            row.getBoolean("is_priority")),
        new VariableSet.Related(
            ids(row, "variables", VariableId::new),
            ids(row, "workspaces", WorkspaceId::new),
            ids(row, "projects", ProjectId::new)),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static <T> List<T> ids(ResultSet row, String column, Function<String, T> id)
      throws SQLException {
    return Stream.of((String[]) row.getArray(column).getArray()).map(id).toList();
  }
}
