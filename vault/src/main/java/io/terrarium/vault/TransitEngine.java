package io.terrarium.vault;

import io.terrarium.kernel.crypto.Aead;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Encrypts and decrypts under a key, in Vault's format `vault:v<version>:<base64>`.
final class TransitEngine {
  private static final String PREFIX = "vault:v";
  private static final Pattern VERSION = Pattern.compile("(\\d{1,9}):(.*)", Pattern.DOTALL);

  private TransitEngine() {}

  /// A ciphertext and the version of the key that made it.
  record Encrypted(String ciphertext, int keyVersion) {}

  /// @param version 0 for the latest
  /// @param associated must be given again to decrypt
  static Encrypted encrypt(Key key, int version, byte[] plaintext, byte[] associated) {
    int used = version == 0 ? key.latest() : version;
    if (used < 0) {
      throw refused("requested version for encryption is negative");
    }
    if (used > key.latest()) {
      throw refused("requested version for encryption is higher than the latest key version");
    }
    int least = key.settings().minEncryptionVersion();
    if (used < least || (version != 0 && key.of(used).isEmpty())) {
      throw refused(
          "requested version for encryption is less than the minimum encryption key version");
    }
    byte[] sealed = Aead.AES_256_GCM.encrypt(key.of(used).orElseThrow(), plaintext, associated);
    return new Encrypted(PREFIX + used + ":" + Base64.getEncoder().encodeToString(sealed), used);
  }

  static byte[] decrypt(Key key, String ciphertext, byte[] associated) {
    if (!ciphertext.startsWith(PREFIX)) {
      throw refused("invalid ciphertext: no prefix");
    }
    Matcher parts = VERSION.matcher(ciphertext.substring(PREFIX.length()));
    if (!parts.matches()) {
      throw refused("invalid ciphertext: wrong number of fields");
    }
    int version = Integer.parseInt(parts.group(1));
    if (version > key.latest()) {
      throw refused("invalid ciphertext: version is too new");
    }
    byte[] material =
        key.of(version)
            .filter(_ -> version >= key.settings().minDecryptionVersion())
            .orElseThrow(
                () -> refused("ciphertext or signature version is disallowed by policy (too old)"));
    try {
      return Aead.AES_256_GCM.decrypt(material, sealed(parts.group(2)), associated);
    } catch (GeneralSecurityException e) {
      throw new VaultFault(400, "invalid ciphertext: unable to decrypt", e);
    }
  }

  private static byte[] sealed(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw new VaultFault(400, "invalid ciphertext: could not decode base64", e);
    }
  }

  private static VaultFault refused(String message) {
    return new VaultFault(400, message);
  }
}
