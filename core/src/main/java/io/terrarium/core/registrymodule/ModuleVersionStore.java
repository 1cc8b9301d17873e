package io.terrarium.core.registrymodule;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ModuleVersionId;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.RegistryModuleId;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of versions of modules.
final class ModuleVersionStore {
  private static final String SELECT =
      """
      SELECT v.*, m.external_id AS module_external_id, m.name, m.provider, m.vcs_repository_id,
             o.external_id AS organization_external_id, o.name AS organization_name
        FROM registry_module_versions v JOIN registry_modules m ON m.id = v.registry_module_id
             JOIN organizations o ON o.id = m.organization_id
      """;

  private static final String INSERT =
      """
      INSERT INTO registry_module_versions (external_id, registry_module_id, version, source, status,
        tag, commit_sha, created_at, updated_at)
      VALUES (:id, :module, :version, :source, :status, :tag, :sha, :now, :now)
      ON CONFLICT (registry_module_id, version) DO NOTHING
      """;

  private static final String STORED =
      """
      UPDATE registry_module_versions
         SET status = 'reg_ingressing', error = NULL, object_id = :object, sha256 = :sha256,
             offered_at = NULL, updated_at = :now
       WHERE external_id = :id AND status IN ('pending', 'cloning')
      """;

  private static final String MOVE =
      """
      UPDATE registry_module_versions
         SET status = :status, error = :error, updated_at = :now
       WHERE id = :key AND status = ANY (:from)
      """;

  /// What is inserted.
  record New(
      ModuleVersionId id,
      long moduleKey,
      String version,
      String source,
      ModuleVersion.Status status,
      @Nullable String tag,
      @Nullable String commitSha,
      Instant now) {}

  /// False when there is one of this number.
  boolean insert(Handle db, New version) {
    return db.createUpdate(INSERT)
            .bind("id", version.id().value())
            .bind("module", version.moduleKey())
            .bind("version", version.version())
            .bind("source", version.source())
            .bind("status", version.status().wire())
            .bind("tag", version.tag())
            .bind("sha", version.commitSha())
            .bind("now", version.now())
            .execute()
        == 1;
  }

  Optional<ModuleVersion> find(Handle db, ModuleVersionId id) {
    return db.createQuery(SELECT + " WHERE v.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Optional<ModuleVersion> find(Handle db, long moduleKey, String version) {
    return db.createQuery(SELECT + " WHERE v.registry_module_id = :module AND v.version = :version")
        .bind("module", moduleKey)
        .bind("version", version)
        .map((row, _) -> read(row))
        .findOne();
  }

  List<ModuleVersion> ofModule(Handle db, long moduleKey) {
    return db.createQuery(SELECT + " WHERE v.registry_module_id = :module ORDER BY v.id")
        .bind("module", moduleKey)
        .map((row, _) -> read(row))
        .list();
  }

  /// The numbers that a module has.
  Set<String> numbers(Handle db, long moduleKey) {
    return db.createQuery(
            "SELECT version FROM registry_module_versions WHERE registry_module_id = :module")
        .bind("module", moduleKey)
        .mapTo(String.class)
        .set();
  }

  /// False when something had been stored before.
  boolean stored(Handle db, ObjectStored stored, Instant now) {
    return db.createUpdate(STORED)
            .bind("object", stored.objectId())
            .bind("sha256", stored.sha256())
            .bind("id", stored.id())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// Those that the registry must be told of.
  List<ModuleVersion> toOffer(Handle db, int max) {
    return db.createQuery(
            SELECT
                + " WHERE v.status = 'reg_ingressing' AND v.offered_at IS NULL"
                + " ORDER BY v.id LIMIT :max")
        .bind("max", max)
        .map((row, _) -> read(row))
        .list();
  }

  /// As it is now, and stays until the transaction ends; empty where another node offers it, or
  /// nobody has to.
  Optional<ModuleVersion> lockToOffer(Handle db, long key) {
    return db.createQuery(
            "SELECT id FROM registry_module_versions WHERE id = :key"
                + " AND status = 'reg_ingressing' AND offered_at IS NULL FOR UPDATE SKIP LOCKED")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .flatMap(locked ->
            db.createQuery(SELECT + " WHERE v.id = :key")
                .bind("key", locked)
                .map((row, _) -> read(row))
                .findOne());
  }

  void offered(Handle db, long key, Instant now) {
    db.execute("UPDATE registry_module_versions SET offered_at = ? WHERE id = ?", now, key);
  }

  void setCommit(Handle db, long key, String sha) {
    db.execute(
        "UPDATE registry_module_versions SET commit_sha = coalesce(commit_sha, ?) WHERE id = ?",
        sha,
        key);
  }

  /// False when it is in none of these statuses.
  boolean move(
      Handle db,
      long key,
      Set<ModuleVersion.Status> from,
      ModuleVersion.Status to,
      @Nullable String error,
      Instant now) {
    return db.createUpdate(MOVE)
            .bind("key", key)
            .bind("status", to.wire())
            .bind("error", error)
            .bindArray("from", String.class, from.stream().map(ModuleVersion.Status::wire).toList())
            .bind("now", now)
            .execute()
        == 1;
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM registry_module_versions WHERE id = ?", key);
  }

  private static ModuleVersion read(ResultSet row) throws SQLException {
    return new ModuleVersion(
        row.getLong("id"),
        new ModuleVersionId(row.getString("external_id")),
        new ModuleVersion.Owner(
            row.getLong("registry_module_id"),
            new RegistryModuleId(row.getString("module_external_id")),
            new OrganizationId(row.getString("organization_external_id")),
            row.getString("organization_name"),
            row.getString("name"),
            row.getString("provider"),
            row.getObject("vcs_repository_id", Long.class)),
        row.getString("version"),
        row.getString("source"),
        ModuleVersion.Status.valueOf(row.getString("status").toUpperCase(Locale.ROOT)),
        row.getString("error"),
        row.getString("tag"),
        row.getString("commit_sha"),
        row.getString("object_id"),
        row.getString("sha256"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
