package io.terrarium.core;

import io.terrarium.kernel.vault.Transit;
import java.nio.charset.StandardCharsets;
import java.util.List;

/// Turns values into what may stand in a column, and back; many at once, since each call leaves the
/// process.
public interface ValueCipher {
  /// By the key `name` of the vault.
  static ValueCipher of(Transit transit, String name) {
    return new ValueCipher() {
      @Override
      public List<String> encrypt(List<byte[]> plaintexts) {
        return transit.encryptAll(name, plaintexts);
      }

      @Override
      public List<byte[]> decrypt(List<String> ciphertexts) {
        return transit.decryptAll(name, ciphertexts);
      }
    };
  }

  List<String> encrypt(List<byte[]> plaintexts);

  List<byte[]> decrypt(List<String> ciphertexts);

  default String encryptText(String text) {
    return encrypt(List.of(text.getBytes(StandardCharsets.UTF_8))).getFirst();
  }

  default List<String> decryptTexts(List<String> ciphertexts) {
    return ciphertexts.isEmpty()
        ? List.of()
        : decrypt(ciphertexts).stream()
            .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
            .toList();
  }
}
