package io.terrarium.vault;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.database.Database;
import io.terrarium.kernel.settings.SettingsFault;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Optional;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;

/// The key that encrypts all others, sealed in the database by the encryption password.
record RootKey(byte[] bytes) {
  private static final int ITERATIONS = 210_000;
  private static final int SALT_BYTES = 16;
  private static final KeyringStore STORE = new KeyringStore();

  /// Unseals it, or makes a new one.
  ///
  /// @throws SettingsFault when the password is not the one that it was sealed with
  static RootKey unseal(Database database, Secret password) {
    Optional<KeyringStore.Seal> found = database.read(STORE::seal);
    if (found.isEmpty()) {
      KeyringStore.Seal made = new RootKey(Aead.random(Aead.KEY_BYTES)).seal(password);
      database.useTransaction(db -> STORE.insertSeal(db, made));
    }
    return open(database.read(STORE::seal).orElseThrow(), password)
        .orElseThrow(() ->
            new SettingsFault(
                List.of(
                    "enc_password (TFE_ENCRYPTION_PASSWORD): is not the one that this data was"
                        + " encrypted with; set the old one again")));
  }

  /// Empty when the password is another one.
  static Optional<RootKey> open(KeyringStore.Seal seal, Secret password) {
    try {
      byte[] key = derive(password, seal.salt(), seal.iterations());
      return Optional.of(new RootKey(Aead.CHACHA20_POLY1305.decrypt(key, seal.sealedKey())));
    } catch (GeneralSecurityException e) {
      return Optional.empty();
    }
  }

  KeyringStore.Seal seal(Secret password) {
    byte[] salt = Aead.random(SALT_BYTES);
    byte[] sealed = Aead.CHACHA20_POLY1305.encrypt(derive(password, salt, ITERATIONS), bytes);
    return new KeyringStore.Seal(salt, ITERATIONS, sealed);
  }

  byte[] newMaterial() {
    return Aead.AES_256_GCM.encrypt(bytes, Aead.random(Aead.KEY_BYTES));
  }

  byte[] open(byte[] material) throws GeneralSecurityException {
    return Aead.AES_256_GCM.decrypt(bytes, material);
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
}
