package io.terrarium.core.registryprovider;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.id.ProviderPlatformId;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of the platforms of versions of providers; read they are with their versions.
final class ProviderPlatformStore {
  private static final String INSERT =
      """
      INSERT INTO registry_provider_platforms (external_id, registry_provider_version_id, os, arch,
        filename, shasum, created_at)
      VALUES (:id, :version, :os, :arch, :filename, :shasum, :now)
      ON CONFLICT (registry_provider_version_id, os, arch) DO NOTHING
      """;

  private static final String STORED =
      """
      UPDATE registry_provider_platforms SET object_id = :object
       WHERE external_id = :id AND object_id IS NULL
      RETURNING registry_provider_version_id
      """;

  /// False when the version has one of the same system and architecture.
  boolean insert(
      Handle db,
      ProviderPlatformId id,
      long versionKey,
      ProviderPlatforms.New platform,
      Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("version", versionKey)
            .bind("os", platform.os())
            .bind("arch", platform.arch())
            .bind("filename", platform.filename())
            .bind("shasum", platform.shasum())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// What its package must have.
  Optional<String> shasum(Handle db, ProviderPlatformId id) {
    return db.createQuery("SELECT shasum FROM registry_provider_platforms WHERE external_id = :id")
        .bind("id", id.value())
        .mapTo(String.class)
        .findOne();
  }

  /// The key of the version; empty where it has been stored before.
  Optional<Long> stored(Handle db, ObjectStored stored) {
    return db.createQuery(STORED)
        .bind("object", stored.objectId())
        .bind("id", stored.id())
        .mapTo(Long.class)
        .findOne();
  }

  void delete(Handle db, ProviderPlatformId id) {
    db.execute("DELETE FROM registry_provider_platforms WHERE external_id = ?", id.value());
  }
}
