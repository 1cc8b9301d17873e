package io.terrarium.core.assembly;

import io.terrarium.core.ValueCipher;
import io.terrarium.kernel.vault.Transit;
import java.util.List;

/// Values at rest, encrypted by vault under one key.
record TransitCipher(Transit transit, String key) implements ValueCipher {
  @Override
  public List<String> encrypt(List<byte[]> plaintexts) {
    return transit.encryptAll(key, plaintexts);
  }

  @Override
  public List<byte[]> decrypt(List<String> ciphertexts) {
    return transit.decryptAll(key, ciphertexts);
  }
}
