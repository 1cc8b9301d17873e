package io.terrarium.vault;

import io.terrarium.kernel.crypto.Aead;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Encrypts and decrypts under named keys, in Vault's format `vault:v<version>:<base64>`.
final class TransitEngine {
  private static final Pattern CIPHERTEXT = Pattern.compile("vault:v(\\d{1,9}):([A-Za-z0-9+/]+=*)");

  private final Keyring keyring;

  TransitEngine(Keyring keyring) {
    this.keyring = keyring;
  }

  /// A ciphertext and the version of the key that made it.
  record Encrypted(String ciphertext, int keyVersion) {}

  /// @param plaintext in base64, as the API has it
  Encrypted encrypt(String name, String plaintext) {
    return encrypt(name, decode(plaintext, "plaintext"));
  }

  Encrypted encrypt(String name, byte[] plaintext) {
    Keyring.Key key = keyring.ensure(name);
    int version = key.latest();
    byte[] sealed = Aead.AES_256_GCM.encrypt(key.of(version).orElseThrow(), plaintext);
    return new Encrypted(
        "vault:v" + version + ":" + Base64.getEncoder().encodeToString(sealed), version);
  }

  byte[] decrypt(String name, String ciphertext) {
    Matcher parts = CIPHERTEXT.matcher(ciphertext);
    if (!parts.matches()) {
      throw new VaultFault(400, "invalid ciphertext: no prefix");
    }
    if (keyring.find(name).isEmpty()) {
      throw new VaultFault(400, "encryption key not found");
    }
    byte[] key =
        keyring
            .material(name, Integer.parseInt(parts.group(1)))
            .orElseThrow(() -> new VaultFault(400, "invalid ciphertext: version is too new"));
    try {
      return Aead.AES_256_GCM.decrypt(key, decode(parts.group(2), "ciphertext"));
    } catch (GeneralSecurityException e) {
      throw new VaultFault(400, "invalid ciphertext: unable to decrypt");
    }
  }

  private static byte[] decode(String base64, String what) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new VaultFault(400, "failed to base64-decode " + what);
    }
  }
}
