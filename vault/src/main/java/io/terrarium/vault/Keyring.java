package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import org.jdbi.v3.core.Handle;

/// The named keys of the transit engine. In the database each is encrypted by the root key, which
/// is sealed by the encryption password; in memory they are in the clear, for as long as we run.
///
/// Several vaults share one keyring. Each asks for the revision of a key before it uses what it
/// remembers, so none goes on with a key that another has rotated, configured or deleted.
final class Keyring {
  private final Database database;
  private final KeyringStore store = new KeyringStore();
  private final RootKey root;
  private final Map<String, Key> remembered = new ConcurrentHashMap<>();

  private Keyring(Database database, RootKey root) {
    this.database = database;
    this.root = root;
  }

  /// Unseals the keyring, or makes a new one.
  ///
  /// @throws io.terrarium.kernel.settings.SettingsFault when the password is not the one that it
  ///   was sealed with
  static Keyring unseal(Database database, Secret password) {
    return new Keyring(database, RootKey.unseal(database, password));
  }

  Optional<Key> find(String name) {
    Optional<Long> revision = database.read(db -> store.revision(db, name));
    if (revision.isEmpty()) {
      remembered.remove(name);
      return Optional.empty();
    }
    Key known = remembered.get(name);
    if (known != null && known.revision() == revision.get()) {
      return Optional.of(known);
    }
    Optional<Key> read = database.read(db -> load(db, name));
    read.ifPresent(key -> remembered.put(name, key));
    return read;
  }

  /// Makes the key; false when it was there already.
  boolean create(String name) {
    return database.inTransaction(db -> {
      boolean isNew = store.create(db, name);
      if (isNew) {
        store.insert(db, name, 1, root.newMaterial());
      }
      return isNew;
    });
  }

  /// One more version, which encrypts from now on; those before stay.
  void rotate(String name) {
    database.useTransaction(db -> {
      Key.Settings settings = locked(db, name, "no existing key named " + name + " could be found");
      int latest = store.versions(db, name).getLast().version();
      store.insert(db, name, latest + 1, root.newMaterial());
      store.configure(db, name, settings);
    });
  }

  /// @param change sees the key as nobody else may change it, and throws what is wrong with it
  void configure(String name, UnaryOperator<Key> change) {
    database.useTransaction(db -> {
      locked(db, name, "no existing key named " + name + " could be found");
      Key changed = change.apply(load(db, name).orElseThrow());
      store.configure(db, name, changed.settings());
      store.deleteBefore(db, name, changed.settings().minAvailableVersion());
    });
  }

  void delete(String name) {
    database.useTransaction(db -> {
      if (!locked(db, name, "could not delete key; not found").deletionAllowed()) {
        throw new VaultFault(400, "deletion is not allowed for this key");
      }
      store.delete(db, name);
    });
  }

  List<String> names() {
    return database.read(store::names);
  }

  private Key.Settings locked(Handle db, String name, String missing) {
    return store.lock(db, name).orElseThrow(() -> new VaultFault(400, missing)).settings();
  }

  /// The revision is read first: what another vault changes meanwhile has a later one, and is read
  /// again at the next use. No versions: it has just been deleted.
  private Optional<Key> load(Handle db, String name) {
    return store
        .find(db, name)
        .map(found -> {
          TreeMap<Integer, byte[]> versions = new TreeMap<>();
          Map<Integer, Long> createdAt = new TreeMap<>();
          for (KeyringStore.Version row : store.versions(db, name)) {
            versions.put(row.version(), open(name, row));
            createdAt.put(row.version(), row.createdAtSeconds());
          }
          return new Key(name, found.revision(), found.settings(), versions, createdAt);
        })
        .filter(key -> !key.versions().isEmpty());
  }

  private byte[] open(String name, KeyringStore.Version row) {
    try {
      return root.open(row.material());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(
          "version " + row.version() + " of key " + name + " is broken", e);
    }
  }
}
