package io.terrarium.vault;

/// What may be set of a key, and what Vault says where it may not.
final class KeyChange {
  private KeyChange() {}

  static Key configured(Key key, Input input) {
    Key.Settings before = key.settings();
    int decryption =
        Math.max(1, version(key, input, "min_decryption_version", before.minDecryptionVersion()));
    int encryption = version(key, input, "min_encryption_version", before.minEncryptionVersion());
    if (encryption > 0 && encryption < decryption) {
      throw refused(
          "cannot set min encryption/decryption values; min encryption version of "
              + encryption
              + " must be greater than or equal to min decryption version of "
              + decryption);
    }
    if (before.minAvailableVersion() > encryption) {
      throw refused("min encryption version should not be less than min available version");
    }
    if (before.minAvailableVersion() > decryption) {
      throw refused("min decryption version should not be less then min available version");
    }
    return with(
        key,
        new Key.Settings(
            decryption,
            encryption,
            before.minAvailableVersion(),
            input.flag("deletion_allowed").orElse(before.deletionAllowed())));
  }

  private static int version(Key key, Input input, String name, int otherwise) {
    int version = input.integer(name).orElse(otherwise);
    String words = name.replace('_', ' ');
    if (version < 0) {
      throw refused(words + " cannot be negative");
    }
    if (version > key.latest()) {
      throw refused(
          "cannot set " + words + " of " + version + ", latest key version is " + key.latest());
    }
    return version;
  }

  /// Gives up versions for good, as far as none of them could be used any more.
  static Key trimmed(Key key, Input input) {
    Key.Settings before = key.settings();
    int available =
        input
            .integer("min_available_version")
            .orElseThrow(() -> refused("missing min_available_version"));
    if (available < before.minAvailableVersion()) {
      throw refused("minimum available version cannot be decremented");
    }
    if (before.minEncryptionVersion() == 0) {
      throw refused(
          "minimum available version cannot be set when minimum encryption version is not set");
    }
    if (available > before.minEncryptionVersion()) {
      throw refused("minimum available version cannot be greater than minimum encryption version");
    }
    if (available > before.minDecryptionVersion()) {
      throw refused("minimum available version cannot be greater than minimum decryption version");
    }
    if (available < 1) {
      throw refused("minimum available version should be positive");
    }
    return with(
        key,
        new Key.Settings(
            before.minDecryptionVersion(),
            before.minEncryptionVersion(),
            available,
            before.deletionAllowed()));
  }

  private static Key with(Key key, Key.Settings settings) {
    return new Key(key.name(), key.revision(), settings, key.versions(), key.createdAt());
  }

  private static VaultFault refused(String message) {
    return new VaultFault(400, message);
  }
}
