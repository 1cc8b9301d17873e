package io.terrarium.core.variableset;

import io.terrarium.contracts.id.ProjectId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of what sets are applied to.
final class VariableSetLinkStore {
  /// What a set can be applied to.
  enum Kind {
    WORKSPACE("variable_set_workspaces", "workspace_id"),
    PROJECT("variable_set_projects", "project_id");

    private final String table;
    private final String column;

    Kind(String table, String column) {
      this.table = table;
      this.column = column;
    }
  }

  private static final String WORKSPACES =
      """
      SELECT w.external_id, w.id
        FROM workspaces w JOIN projects p ON p.id = w.project_id
       WHERE w.organization_id = :organization AND w.external_id = ANY (:ids)
         AND (CAST(:project AS text) IS NULL OR p.external_id = :project)
      """;

  private static final String PROJECTS =
      """
      SELECT p.external_id, p.id FROM projects p
       WHERE p.organization_id = :organization AND p.external_id = ANY (:ids)
         AND (CAST(:project AS text) IS NULL OR p.external_id = :project)
      """;

  /// The keys of those things that a set of `owner` may be applied to.
  Map<String, Long> keys(
      Handle db, Kind kind, long organizationKey, @Nullable ProjectId owner, List<String> ids) {
    return db
        .createQuery(kind == Kind.WORKSPACE ? WORKSPACES : PROJECTS)
        .bind("organization", organizationKey)
        .bind("project", owner == null ? null : owner.value())
        .bindArray("ids", String.class, ids)
        .map((row, _) -> Map.entry(row.getString(1), row.getLong(2)))
        .stream()
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  void add(Handle db, Kind kind, long setKey, Collection<Long> keys) {
    change(
        db,
        "INSERT INTO "
            + kind.table
            + " (variable_set_id, "
            + kind.column
            + ") SELECT :set, unnest(:keys) ON CONFLICT DO NOTHING",
        setKey,
        keys);
  }

  void remove(Handle db, Kind kind, long setKey, Collection<Long> keys) {
    change(
        db,
        "DELETE FROM "
            + kind.table
            + " WHERE variable_set_id = :set AND "
            + kind.column
            + " = ANY (:keys)",
        setKey,
        keys);
  }

  void removeOthers(Handle db, Kind kind, long setKey, Collection<Long> keys) {
    change(
        db,
        "DELETE FROM "
            + kind.table
            + " WHERE variable_set_id = :set AND "
            + kind.column
            + " <> ALL (:keys)",
        setKey,
        keys);
  }

  private static void change(Handle db, String sql, long setKey, Collection<Long> keys) {
    db.createUpdate(sql)
        .bind("set", setKey)
        .bindArray("keys", Long.class, List.copyOf(keys))
        .execute();
  }

  /// A project, and the organization that it is in.
  record Place(long projectKey, long organizationKey) {}

  Optional<Place> project(Handle db, ProjectId id) {
    return db.createQuery("SELECT id, organization_id FROM projects WHERE external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> new Place(row.getLong(1), row.getLong(2)))
        .findOne();
  }
}
