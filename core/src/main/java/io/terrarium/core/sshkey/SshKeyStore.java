package io.terrarium.core.sshkey;

import io.terrarium.contracts.id.SshKeyId;
import io.terrarium.core.PagedQuery;
import io.terrarium.kernel.jsonapi.Page;
import io.terrarium.kernel.jsonapi.Paged;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// SQL of SSH keys.
final class SshKeyStore {
  private static final String INSERT =
      """
      INSERT INTO ssh_keys (external_id, organization_id, name, value_ciphertext, created_at)
      VALUES (:id, :organization, :name, :ciphertext, :now)
      ON CONFLICT (organization_id, name) DO NOTHING
      """;

  private static final String UPDATE =
      """
      UPDATE ssh_keys k
         SET name = :name, value_ciphertext = coalesce(:ciphertext, value_ciphertext)
       WHERE id = :key
         AND NOT EXISTS (SELECT FROM ssh_keys other
                          WHERE other.organization_id = k.organization_id AND other.name = :name
                            AND other.id <> k.id)
      """;

  private static final String ASSIGN =
      """
      UPDATE workspaces
         SET ssh_key_id = :ssh_key, updated_at = :now, lock_version = lock_version + 1
       WHERE id = :workspace
      """;

  Paged<SshKey> list(Handle db, long organizationKey, Page page) {
    String condition = "WHERE organization_id = :organization";
    return new PagedQuery("SELECT * FROM ssh_keys", "FROM ssh_keys", condition, "name, id")
        .page(
            db, page, query -> query.bind("organization", organizationKey), (row, _) -> read(row));
  }

  Optional<SshKey> find(Handle db, SshKeyId id) {
    return db.createQuery("SELECT * FROM ssh_keys WHERE external_id = :id")
        .bind("id", id.value())
        .map((row, _) -> read(row))
        .findOne();
  }

  /// Until the end of the transaction nobody else gives a name there.
  void lockNames(Handle db, long organizationKey) {
    db.execute("SELECT pg_advisory_xact_lock(hashtext('ssh_keys_of_' || ?))", organizationKey);
  }

  /// False when the name is taken.
  boolean insert(
      Handle db, SshKeyId id, long organizationKey, String name, String ciphertext, Instant now) {
    return db.createUpdate(INSERT)
            .bind("id", id.value())
            .bind("organization", organizationKey)
            .bind("name", name)
            .bind("ciphertext", ciphertext)
            .bind("now", now)
            .execute()
        == 1;
  }

  /// False when the name is taken.
  ///
  /// @param ciphertext null when the value stays
  boolean update(Handle db, long key, String name, @Nullable String ciphertext) {
    return db.createUpdate(UPDATE)
            .bind("key", key)
            .bind("name", name)
            .bind("ciphertext", ciphertext)
            .execute()
        == 1;
  }

  void delete(Handle db, long key) {
    db.execute("DELETE FROM ssh_keys WHERE id = ?", key);
  }

  /// @param key null for none
  void assign(Handle db, long workspaceKey, @Nullable Long key, Instant now) {
    db.createUpdate(ASSIGN)
        .bind("workspace", workspaceKey)
        .bind("ssh_key", key)
        .bind("now", now)
        .execute();
  }

  private static SshKey read(ResultSet row) throws SQLException {
    return new SshKey(
        row.getLong("id"),
        new SshKeyId(row.getString("external_id")),
        row.getLong("organization_id"),
        row.getString("name"),
        row.getTimestamp("created_at").toInstant());
  }
}
