package io.terrarium.core.gpgkey;

import io.terrarium.contracts.id.GpgKeyId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of public keys.
final class GpgKeyStore {
  private static final String TABLES =
      " FROM gpg_keys k JOIN organizations o ON o.id = k.organization_id ";

  private static final String SELECT = "SELECT k.*, o.name AS organization_name" + TABLES;

  private static final String INSERT =
      """
      INSERT INTO gpg_keys (external_id, organization_id, key_id, ascii_armor, created_at, updated_at)
      VALUES (:id, :organization, :keyId, :armor, :now, :now)
      ON CONFLICT (organization_id, key_id) DO NOTHING
      """;

  private static final String MOVE =
      """
      UPDATE gpg_keys SET organization_id = :organization, updated_at = :now
       WHERE id = :key AND NOT EXISTS (SELECT FROM gpg_keys k
                                        WHERE k.organization_id = :organization
                                          AND k.key_id = gpg_keys.key_id AND k.id <> :key)
      """;

  Paged<GpgKey> list(Handle db, List<Long> organizationKeys, Page page) {
    return new PagedQuery(SELECT, TABLES, "WHERE k.organization_id = ANY (:organizations)", "k.id")
        .page(
            db,
            page,
            query -> query.bindArray("organizations", Long.class, organizationKeys),
            (row, _) -> read(row));
  }

  Optional<GpgKey> find(Handle db, long organizationKey, String keyId) {
    return find(db, organizationKey, keyId, "");
  }

  /// It stays until the transaction ends.
  Optional<GpgKey> use(Handle db, long organizationKey, String keyId) {
    return find(db, organizationKey, keyId, " FOR KEY SHARE OF k");
  }

  /// Nobody publishes anything with it until the transaction ends.
  Optional<GpgKey> lock(Handle db, long organizationKey, String keyId) {
    return find(db, organizationKey, keyId, " FOR UPDATE OF k");
  }

  private static Optional<GpgKey> find(
      Handle db, long organizationKey, String keyId, String locking) {
    return db.createQuery(
            SELECT + "WHERE k.organization_id = :organization AND k.key_id = :keyId" + locking)
        .bind("organization", organizationKey)
        .bind("keyId", keyId)
        .map((row, _) -> read(row))
        .findOne();
  }

  /// False when the organization has it.
  boolean insert(Handle db, GpgKeyId id, long organizationKey, ArmoredKey armored, Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("keyId", armored.keyId())
            .bind("armor", armored.text())
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when the other organization has it.
  boolean move(Handle db, long key, long organizationKey, Instant now) {
    return db.createUpdate(MOVE)
            .bind("key", key)
            .bind("organization", organizationKey)
            .bind("now", now)
            .execute()
        == 1;
  }

  boolean isUsed(Handle db, long key) {
    return db.createQuery(
            "SELECT EXISTS (SELECT FROM registry_provider_versions WHERE gpg_key_id = :key)")
        .bind("key", key)
        .mapTo(Boolean.class)
        .one();
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM gpg_keys WHERE id = ?", key);
  }

  private static GpgKey read(ResultSet row) throws SQLException {
    return new GpgKey(
        row.getLong("id"),
        new GpgKeyId(row.getString("external_id")),
        row.getString("organization_name"),
        row.getString("key_id"),
        row.getString("ascii_armor"),
        row.getTimestamp("created_at").toInstant(),
        row.getTimestamp("updated_at").toInstant());
  }
}
