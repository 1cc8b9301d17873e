package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.database.DatabaseConfig;
import io.terrarium.kernel.settings.SettingsFault;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The password that seals the keyring, and its change.
public final class EncryptionPassword {
  private static final KeyringStore STORE = new KeyringStore();

  private EncryptionPassword() {}

  /// Seals the root key by another password. The old one opens nothing from then on; vaults that
  /// run have the root key already, so they go on, and need the new one at their next start.
  ///
  /// One transaction replaces the seal, so there is no moment without one that fits the data. Asked
  /// again, as after a kill, it finds the new password in force and says so.
  ///
  /// @return false when the new password was in force already
  /// @throws SettingsFault when neither password is the one in force
  public static boolean rotate(DatabaseConfig config, Secret old, Secret fresh) {
    return on(
        config,
        database ->
            database.inTransaction(db -> {
              KeyringStore.Seal seal = STORE.lockSeal(db).orElseThrow(EncryptionPassword::noSeal);
              Optional<RootKey> root = RootKey.open(seal, old);
              root.ifPresent(key -> STORE.replaceSeal(db, key.seal(fresh)));
              if (root.isEmpty() && RootKey.open(seal, fresh).isEmpty()) {
                throw new SettingsFault(
                    List.of(
                        "the old password is not the one that this data was encrypted with;"
                            + " nothing was changed"));
              }
              return root.isPresent();
            }));
  }

  /// Whether it is the one in force; none is where nothing is encrypted yet.
  public static boolean isInForce(DatabaseConfig config, Secret password) {
    return on(
        config,
        database ->
            database.read(STORE::seal).flatMap(seal -> RootKey.open(seal, password)).isPresent());
  }

  private static <T> T on(DatabaseConfig config, Function<Database, T> work) {
    try (Database database =
        Database.open(config, VaultServer.SCHEMA, VaultServer.SCHEMA, List.of())) {
      database.migrate(VaultServer.MIGRATIONS);
      return work.apply(database);
    }
  }

  private static SettingsFault noSeal() {
    return new SettingsFault(
        List.of(
            "nothing is encrypted here yet; start the mesh once, with the password it is to have"));
  }
}
