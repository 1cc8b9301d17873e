package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.settings.SettingsFault;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The named keys of the transit engine. In the database each is encrypted by the root key, which
/// is sealed by the encryption password; in memory they are in the clear, for as long as we run.
final class Keyring {
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;

  private final Database database;
  private final KeyringStore store = new KeyringStore();
  private final byte[] rootKey;
  private final Map<String, Key> keys = new ConcurrentHashMap<>();

  /// A key in all its versions.
  record Key(String name, TreeMap<Integer, byte[]> versions, Map<Integer, Long> createdAt) {
    int latest() {
      return versions.lastKey();
    }

    Optional<byte[]> of(int version) {
      return Optional.ofNullable(versions.get(version));
    }
  }

  private Keyring(Database database, byte[] rootKey) {
    this.database = database;
    this.rootKey = rootKey;
  }

  /// Unseals the keyring, or makes a new one.
  ///
  /// @throws SettingsFault when the password is not the one that it was sealed with
  static Keyring unseal(Database database, Secret password) {
    KeyringStore store = new KeyringStore();
    Optional<KeyringStore.Seal> found = database.read(store::seal);
    if (found.isEmpty()) {
      byte[] salt = Aead.random(SALT_BYTES);
      byte[] sealed =
          Aead.CHACHA20_POLY1305.encrypt(
              derive(password, salt, ITERATIONS), Aead.random(Aead.KEY_BYTES));
      database.useTransaction(
          db -> store.insertSeal(db, new KeyringStore.Seal(salt, ITERATIONS, sealed)));
    }
    KeyringStore.Seal seal = database.read(store::seal).orElseThrow();
    try {
      byte[] key = derive(password, seal.salt(), seal.iterations());
      return new Keyring(database, Aead.CHACHA20_POLY1305.decrypt(key, seal.sealedKey()));
    } catch (GeneralSecurityException e) {
      throw new SettingsFault(
          List.of(
              "enc_password (TFE_ENCRYPTION_PASSWORD): is not the one that this data was encrypted"
                  + " with; set the old one again"));
    }
  }

  private static byte[] derive(Secret password, byte[] salt, int iterations) {
    try {
      PBEKeySpec spec =
          new PBEKeySpec(password.value().toCharArray(), salt, iterations, Aead.KEY_BYTES * 8);
      return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    }
  }

  Optional<Key> find(String name) {
    Key known = keys.get(name);
    return known == null ? load(name) : Optional.of(known);
  }

  /// The key, made if it is not there.
  Key ensure(String name) {
    return find(name).orElseGet(() -> add(name, 1));
  }

  /// One more version, which encrypts from now on.
  Key rotate(String name) {
    return add(name, load(name).map(key -> key.latest() + 1).orElse(1));
  }

  /// The key, read again if `version` is newer than what is known here: another vault has rotated.
  Optional<byte[]> material(String name, int version) {
    Optional<byte[]> known = find(name).flatMap(key -> key.of(version));
    return known.isPresent() ? known : load(name).flatMap(key -> key.of(version));
  }

  List<String> names() {
    return database.read(store::names);
  }

  private Key add(String name, int version) {
    byte[] material = Aead.AES_256_GCM.encrypt(rootKey, Aead.random(Aead.KEY_BYTES));
    database.useTransaction(db -> store.insert(db, name, version, material));
    return load(name).orElseThrow();
  }

  private Optional<Key> load(String name) {
    List<KeyringStore.Version> rows = database.read(db -> store.versions(db, name));
    if (rows.isEmpty()) {
      return Optional.empty();
    }
    TreeMap<Integer, byte[]> versions = new TreeMap<>();
    Map<Integer, Long> createdAt = new TreeMap<>();
    for (KeyringStore.Version row : rows) {
      try {
        versions.put(row.version(), Aead.AES_256_GCM.decrypt(rootKey, row.material()));
        createdAt.put(row.version(), row.createdAtSeconds());
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(
            "version " + row.version() + " of key " + name + " is broken", e);
      }
    }
    Key key = new Key(name, versions, createdAt);
    keys.put(name, key);
    return Optional.of(key);
  }
}
