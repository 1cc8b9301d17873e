package io.terrarium.vault;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of the keyring. Several vaults may share it: whoever inserts first wins, all read the
/// winner; who changes a key holds its row of settings until the change is there as a whole.
final class KeyringStore {
  private static final String SETTINGS =
      """
      SELECT revision, min_decryption_version, min_encryption_version, min_available_version,
             deletion_allowed
        FROM transit_key_settings WHERE name = :name
      """;

  private static final String CONFIGURE =
      """
      UPDATE transit_key_settings
         SET revision = nextval('transit_revisions'),
             min_decryption_version = :minDecryptionVersion,
             min_encryption_version = :minEncryptionVersion,
             min_available_version = :minAvailableVersion,
             deletion_allowed = :deletionAllowed
       WHERE name = :name
      """;

  record Seal(byte[] salt, int iterations, byte[] sealedKey) {}

  record Version(int version, byte[] material, long createdAtSeconds) {}

  record Found(long revision, Key.Settings settings) {}

  Optional<Seal> seal(Handle db) {
    return seal(db, "");
  }

  /// As [#seal], and nobody else may change it until the transaction ends.
  Optional<Seal> lockSeal(Handle db) {
    return seal(db, " FOR UPDATE");
  }

  private static Optional<Seal> seal(Handle db, String lock) {
    return db.createQuery("SELECT salt, iterations, sealed_key FROM seal" + lock)
        .map((row, _) -> new Seal(row.getBytes(1), row.getInt(2), row.getBytes(3)))
        .findOne();
  }

  void insertSeal(Handle db, Seal seal) {
    db.createUpdate(
            "INSERT INTO seal (salt, iterations, sealed_key) VALUES (:salt, :iterations, :key)"
                + " ON CONFLICT DO NOTHING")
        .bind("salt", seal.salt())
        .bind("iterations", seal.iterations())
        .bind("key", seal.sealedKey())
        .execute();
  }

  void replaceSeal(Handle db, Seal seal) {
    db.createUpdate("UPDATE seal SET salt = :salt, iterations = :iterations, sealed_key = :key")
        .bind("salt", seal.salt())
        .bind("iterations", seal.iterations())
        .bind("key", seal.sealedKey())
        .execute();
  }

  Optional<Long> revision(Handle db, String name) {
    return db.createQuery("SELECT revision FROM transit_key_settings WHERE name = :name")
        .bind("name", name)
        .mapTo(Long.class)
        .findOne();
  }

  Optional<Found> find(Handle db, String name) {
    return find(db, name, "");
  }

  /// As [#find], and nobody else may change the key until the transaction ends.
  Optional<Found> lock(Handle db, String name) {
    return find(db, name, " FOR UPDATE");
  }

  private static Optional<Found> find(Handle db, String name, String lock) {
    return db.createQuery(SETTINGS + lock)
        .bind("name", name)
        .map((row, _) ->
            new Found(
                row.getLong("revision"),
                new Key.Settings(
                    row.getInt("min_decryption_version"),
                    row.getInt("min_encryption_version"),
                    row.getInt("min_available_version"),
                    row.getBoolean("deletion_allowed"))))
        .findOne();
  }

  List<Version> versions(Handle db, String name) {
    return db.createQuery(
            "SELECT version, material, extract(epoch FROM created_at)::bigint FROM transit_keys"
                + " WHERE name = :name ORDER BY version")
        .bind("name", name)
        .map((row, _) -> new Version(row.getInt(1), row.getBytes(2), row.getLong(3)))
        .list();
  }

  List<String> names(Handle db) {
    return db.createQuery("SELECT name FROM transit_key_settings ORDER BY name")
        .mapTo(String.class)
        .list();
  }

  /// False when the key is there already.
  boolean create(Handle db, String name) {
    return db.createUpdate(
                "INSERT INTO transit_key_settings (name) VALUES (:name) ON CONFLICT DO NOTHING")
            .bind("name", name)
            .execute()
        == 1;
  }

  void insert(Handle db, String name, int version, byte[] material) {
    db.createUpdate(
            "INSERT INTO transit_keys (name, version, material)"
                + " VALUES (:name, :version, :material)")
        .bind("name", name)
        .bind("version", version)
        .bind("material", material)
        .execute();
  }

  void configure(Handle db, String name, Key.Settings settings) {
    db.createUpdate(CONFIGURE)
        .bind("name", name)
        .bind("minDecryptionVersion", settings.minDecryptionVersion())
        .bind("minEncryptionVersion", settings.minEncryptionVersion())
        .bind("minAvailableVersion", settings.minAvailableVersion())
        .bind("deletionAllowed", settings.deletionAllowed())
        .execute();
  }

  void deleteBefore(Handle db, String name, int version) {
    db.createUpdate("DELETE FROM transit_keys WHERE name = :name AND version < :version")
        .bind("name", name)
        .bind("version", version)
        .execute();
  }

  void delete(Handle db, String name) {
    db.createUpdate("DELETE FROM transit_key_settings WHERE name = :name")
        .bind("name", name)
        .execute();
  }
}
