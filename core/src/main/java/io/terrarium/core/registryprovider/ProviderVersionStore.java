package io.terrarium.core.registryprovider;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.OrganizationId;
import io.terrarium.contracts.id.ProviderVersionId;
import io.terrarium.contracts.id.RegistryProviderId;
import io.terrarium.core.PagedQuery;
import io.terrarium.core.registryprovider.ProviderVersion.Upload;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of versions of providers.
final class ProviderVersionStore {
  private static final String SELECT =
      """
      SELECT v.*, p.external_id AS provider_external_id, p.name,
             o.external_id AS organization_external_id, o.name AS organization_name,
             k.key_id, k.ascii_armor,
             coalesce((SELECT jsonb_agg(jsonb_build_object('id', f.external_id, 'os', f.os,
                              'arch', f.arch, 'filename', f.filename, 'shasum', f.shasum,
                              'object_id', f.object_id) ORDER BY f.id)
                         FROM registry_provider_platforms f
                        WHERE f.registry_provider_version_id = v.id), '[]') AS platforms
        FROM registry_provider_versions v JOIN registry_providers p ON p.id = v.registry_provider_id
             JOIN organizations o ON o.id = p.organization_id JOIN gpg_keys k ON k.id = v.gpg_key_id
      """;

  /// Before [#SELECT], since a statement that waits for a lock reads other rows as they were
  /// before.
  private static final String LOCK = "SELECT id FROM registry_provider_versions";

  private static final String INSERT =
      """
      INSERT INTO registry_provider_versions (external_id, registry_provider_id, gpg_key_id, version,
        protocols, created_at, updated_at)
      VALUES (:id, :provider, :gpgKey, :version, :protocols, :now, :now)
      ON CONFLICT (registry_provider_id, version) DO NOTHING
      """;

  private static final String SHASUMS =
      """
      UPDATE registry_provider_versions
         SET shasums_object_id = :object, shasums_sha256 = :sha256, revision = revision + 1,
             updated_at = :now
       WHERE external_id = :id AND shasums_object_id IS NULL
      """;

  private static final String SIGNATURE =
      """
      UPDATE registry_provider_versions
         SET signature_object_id = :object, signature_sha256 = :sha256, revision = revision + 1,
             updated_at = :now
       WHERE external_id = :id AND signature_object_id IS NULL
      """;

  /// Which file of a version has been stored.
  enum File {
    SHASUMS(ProviderVersionStore.SHASUMS),
    SIGNATURE(ProviderVersionStore.SIGNATURE);

    private final String sql;

    File(String sql) {
      this.sql = sql;
    }
  }

  /// What is inserted.
  record New(
      ProviderVersionId id,
      long providerKey,
      long gpgKey,
      String version,
      List<String> protocols,
      Instant now) {}

  /// False when there is one of this number.
  boolean insert(Handle db, New version) {
    return db.createUpdate(INSERT)
            .bind("id", version.id().value())
            .bind("provider", version.providerKey())
            .bind("gpgKey", version.gpgKey())
            .bind("version", version.version())
            .bindArray("protocols", String.class, version.protocols())
            .bind("now", version.now())
            .execute()
        == 1;
  }

  Paged<ProviderVersion> list(Handle db, long providerKey, Page page) {
    return new PagedQuery(
            SELECT,
            "FROM registry_provider_versions v",
            "WHERE v.registry_provider_id = :provider",
            "v.id DESC")
        .page(db, page, query -> query.bind("provider", providerKey), (row, _) -> read(row));
  }

  List<ProviderVersion> ofProviders(Handle db, List<Long> providerKeys) {
    return db.createQuery(SELECT + " WHERE v.registry_provider_id = ANY (:providers) ORDER BY v.id")
        .bindArray("providers", Long.class, providerKeys)
        .map((row, _) -> read(row))
        .list();
  }

  /// All of a provider; nothing is added to them until the transaction ends.
  List<ProviderVersion> lockAll(Handle db, long providerKey) {
    db.createQuery(LOCK + " WHERE registry_provider_id = :provider ORDER BY id FOR UPDATE")
        .bind("provider", providerKey)
        .mapTo(Long.class)
        .list();
    return ofProviders(db, List.of(providerKey));
  }

  Optional<ProviderVersion> find(Handle db, ProviderVersionId id) {
    return db.createQuery(SELECT + " WHERE v.external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  Optional<ProviderVersion> find(Handle db, long providerKey, String version) {
    return db.createQuery(
            SELECT + " WHERE v.registry_provider_id = :provider AND v.version = :version")
        .bind("provider", providerKey)
        .bind("version", version)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Nothing is added to it until the transaction ends.
  Optional<ProviderVersion> lock(Handle db, long providerKey, String version) {
    return db.createQuery(
            LOCK + " WHERE registry_provider_id = :provider AND version = :version FOR UPDATE")
        .bind("provider", providerKey)
        .bind("version", version)
        .mapTo(Long.class)
        .findOne()
        .flatMap(key -> find(db, key));
  }

  private static Optional<ProviderVersion> find(Handle db, long key) {
    return db.createQuery(SELECT + " WHERE v.id = :key")
        .bind("key", key)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// False when it has been stored before, or there is no such version.
  boolean stored(Handle db, File file, ObjectStored stored, Instant now) {
    return db.createUpdate(file.sql)
            .bind("object", stored.objectId())
            .bind("sha256", stored.sha256())
            .bind("id", stored.id())
            .bind("now", now)
            .execute()
        == 1;
  }

  void changed(Handle db, long key, Instant now) {
    db.execute(
        "UPDATE registry_provider_versions SET revision = revision + 1, updated_at = ?"
            + " WHERE id = ?",
        now,
        key);
  }

  /// Those that the registry must be told of.
  List<ProviderVersion> toOffer(Handle db, int max) {
    return db.createQuery(
            SELECT + " WHERE v.offered_revision < v.revision ORDER BY v.id LIMIT :max")
        .bind("max", max)
        .map((row, _) -> read(row))
        .list();
  }

  /// As it is now, and stays until the transaction ends; empty where another node offers it, or
  /// nobody has to.
  Optional<ProviderVersion> lockToOffer(Handle db, long key) {
    return db.createQuery(
            LOCK + " WHERE id = :key AND offered_revision < revision FOR UPDATE SKIP LOCKED")
        .bind("key", key)
        .mapTo(Long.class)
        .findOne()
        .flatMap(locked -> find(db, locked));
  }

  void offered(Handle db, long key, long revision) {
    db.execute(
        "UPDATE registry_provider_versions SET offered_revision = ? WHERE id = ?", revision, key);
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM registry_provider_versions WHERE id = ?", key);
  }

  private static ProviderVersion read(ResultSet row) throws SQLException {
    return new ProviderVersion(
        row.getLong("id"),
        new ProviderVersionId(row.getString("external_id")),
        new ProviderVersion.Owner(
            row.getLong("registry_provider_id"),
            new RegistryProviderId(row.getString("provider_external_id")),
            new OrganizationId(row.getString("organization_external_id")),
            row.getString("organization_name"),
            row.getString("name")),
        row.getString("version"),
        new ProviderVersion.SigningKey(row.getString("key_id"), row.getString("ascii_armor")),
        List.of((String[]) row.getArray("protocols").getArray()),
        new Upload(row.getString("shasums_object_id"), row.getString("shasums_sha256")),
        new Upload(row.getString("signature_object_id"), row.getString("signature_sha256")),
        platforms(row.getString("platforms")),
        row.getLong("revision"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }

  private static List<ProviderPlatform> platforms(String json) {
    try {
      return List.of(Json.SNAKE.readValue(json, ProviderPlatform[].class));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the query makes a list of platforms", e);
    }
  }
}
