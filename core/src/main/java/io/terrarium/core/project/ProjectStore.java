package io.terrarium.core.project;

import io.terrarium.contracts.id.ProjectId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.access.OrganizationAccess;
import io.terrarium.core.access.Visibility;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;

/// The rows of projects.
final class ProjectStore {
  private static final String COLUMNS =
      """
      SELECT p.id, p.external_id, p.organization_id, o.name AS organization_name, p.name,
             p.description, p.is_default, p.created_at,
             coalesce(p.default_execution_mode, o.default_execution_mode) AS execution_mode,
             p.default_execution_mode IS NOT NULL AS has_own_execution_mode,
             (SELECT count(*) FROM workspaces w WHERE w.project_id = p.id) AS workspace_count,
             (SELECT count(*) FROM team_projects a WHERE a.project_id = p.id) AS team_count
        FROM projects p JOIN organizations o ON o.id = p.organization_id
       WHERE
      """;

  private static final String FILTER =
      """
      p.organization_id = :organization
      AND (cardinality(:names::text[]) = 0 OR lower(p.name) = ANY (:names))
      AND (NOT :isNarrowed OR p.id = ANY (:among))
      AND (:search = '' OR strpos(lower(p.name), lower(:search)) > 0)
      AND
      """
          + Visibility.OF_PROJECTS;

  private static final String INSERT =
      """
      INSERT INTO projects (external_id, organization_id, name, description, is_default,
        default_execution_mode, created_at)
      VALUES (:id, :organization, :name, :description, :default, :executionMode, :now)
      RETURNING id
      """;

  long insert(
      Handle db,
      ProjectId id,
      long organizationKey,
      ProjectSettings settings,
      boolean isDefault,
      Instant now) {
    return db.createQuery(INSERT)
        .bind("id", id.value())
        .bind("organization", organizationKey)
        .bind("name", settings.name())
        .bind("description", settings.description())
        .bind("executionMode", settings.executionMode())
        .bind("default", isDefault)
        .bind("now", now)
        .mapTo(Long.class)
        .one();
  }

  Optional<Project> find(Handle db, ProjectId id) {
    return db.createQuery(COLUMNS + "p.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> project(row))
        .findOne();
  }

  /// Those that are there.
  List<Project> findAll(Handle db, List<ProjectId> ids) {
    return db.createQuery(COLUMNS + "p.external_id = ANY (:ids) ORDER BY p.id")
        .bindArray("ids", String.class, ids.stream().map(ProjectId::value).toList())
        .map((row, _) -> project(row))
        .list();
  }

  Optional<Project> findDefault(Handle db, long organizationKey) {
    return db.createQuery(COLUMNS + "p.organization_id = :organization AND p.is_default")
        .bind("organization", organizationKey)
        .map((row, _) -> project(row))
        .findOne();
  }

  /// Held until the end of the transaction, so that no workspace enters a project that goes.
  Optional<Long> lock(Handle db, ProjectId id) {
    return db.createQuery("SELECT id FROM projects WHERE external_id = :id FOR UPDATE")
        .bind("id", id.value())
        .mapTo(Long.class)
        .findOne();
  }

  /// Until the end of the transaction nobody else gives a name there.
  void lockNames(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('projects_of_' || ?))", organizationKey);
  }

  boolean isNameTaken(Handle db, long organizationKey, String name, long exceptKey) {
    return db.createQuery(
            "SELECT EXISTS (SELECT 1 FROM projects WHERE organization_id = :organization"
                + " AND lower(name) = lower(:name) AND id <> :except)")
        .bind("organization", organizationKey)
        .bind("name", name)
        .bind("except", exceptKey)
        .mapTo(Boolean.class)
        .one();
  }

  /// The keys of all that the list is about, but for the rights that are asked for.
  List<Long> keys(Handle db, OrganizationAccess in, ProjectFilter filter) {
    Query query = db.createQuery("SELECT p.id FROM projects p WHERE " + FILTER);
    return filtered(query, in, filter, Optional.empty()).mapTo(Long.class).list();
  }

  /// As far as the caller's teams may see them.
  ///
  /// @param among whose keys they must have, where only some will do
  Paged<Project> list(
      Handle db,
      OrganizationAccess in,
      ProjectFilter filter,
      Optional<List<Long>> among,
      Page page) {
    String order = filter.lastFirst() ? "lower(p.name) DESC, p.id DESC" : "lower(p.name), p.id";
    return new PagedQuery(COLUMNS, "FROM projects p WHERE", FILTER, order)
        .page(db, page, query -> filtered(query, in, filter, among), (row, _) -> project(row));
  }

  private static Query filtered(
      Query query, OrganizationAccess in, ProjectFilter filter, Optional<List<Long>> among) {
    String[] names = filter.names().stream().map(String::toLowerCase).toArray(String[]::new);
    return Visibility.bindProjects(query, in)
        .bind("organization", in.key())
        .bind("names", names)
        .bind("search", filter.search())
        .bind("isNarrowed", among.isPresent())
        .bindArray("among", Long.class, among.orElse(List.of()));
  }

  void replace(Handle db, long key, ProjectSettings settings) {
    db.createUpdate(
            "UPDATE projects SET name = :name, description = :description,"
                + " default_execution_mode = :executionMode, lock_version = lock_version + 1"
                + " WHERE id = :key")
        .bind("key", key)
        .bind("name", settings.name())
        .bind("description", settings.description())
        .bind("executionMode", settings.executionMode())
        .execute();
  }

  void delete(Handle db, long key) {
    db.createUpdate("DELETE FROM projects WHERE id = :key").bind("key", key).execute();
  }

  private static Project project(ResultSet row) throws SQLException {
    return new Project(
        row.getLong("id"),
        new ProjectId(row.getString("external_id")),
        row.getLong("organization_id"),
        row.getString("organization_name"),
        row.getString("name"),
        row.getString("description"),
        row.getBoolean("is_default"),
        row.getString("execution_mode"),
        row.getBoolean("has_own_execution_mode"),
        row.getInt("workspace_count"),
        row.getInt("team_count"),
        row.getObject("created_at", OffsetDateTime.class).toInstant());
  }
}
