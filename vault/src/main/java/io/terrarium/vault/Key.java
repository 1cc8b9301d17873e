package io.terrarium.vault;

import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;

/// A key of the transit engine in all versions that there are.
///
/// @param revision another one after each change
/// @param versions in the clear, by number
/// @param createdAt of each version, in seconds
record Key(
    String name,
    long revision,
    Settings settings,
    NavigableMap<Integer, byte[]> versions,
    Map<Integer, Long> createdAt) {
  /// What an operator sets.
  ///
  /// @param minEncryptionVersion 0 for the latest alone
  /// @param minAvailableVersion 0 when none was trimmed away
  record Settings(
      int minDecryptionVersion,
      int minEncryptionVersion,
      int minAvailableVersion,
      boolean deletionAllowed) {}

  int latest() {
    return versions.lastKey();
  }

  Optional<byte[]> of(int version) {
    return Optional.ofNullable(versions.get(version));
  }
}
