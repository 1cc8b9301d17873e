package io.terrarium.vault;

import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;

/// SQL of the keyring. Several vaults may share it: whoever inserts first wins, all read the
/// winner.
final class KeyringStore {
  record Seal(byte[] salt, int iterations, byte[] sealedKey) {}

  record Version(int version, byte[] material, long createdAtSeconds) {}

  Optional<Seal> seal(Handle db) {
    return db.createQuery("SELECT salt, iterations, sealed_key FROM seal")
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

  List<Version> versions(Handle db, String name) {
    return db.createQuery(
            "SELECT version, material, extract(epoch FROM created_at)::bigint FROM transit_keys"
                + " WHERE name = :name ORDER BY version")
        .bind("name", name)
        .map((row, _) -> new Version(row.getInt(1), row.getBytes(2), row.getLong(3)))
        .list();
  }

  List<String> names(Handle db) {
    return db.createQuery("SELECT DISTINCT name FROM transit_keys ORDER BY name")
        .mapTo(String.class)
        .list();
  }

  void insert(Handle db, String name, int version, byte[] material) {
    db.createUpdate(
            "INSERT INTO transit_keys (name, version, material) VALUES (:name, :version, :material)"
                + " ON CONFLICT DO NOTHING")
        .bind("name", name)
        .bind("version", version)
        .bind("material", material)
        .execute();
  }
}
