package io.terrarium.atlas.api.workspace;

import io.terrarium.core.ValueCipher;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// AES-GCM with a key of its own.
final class LocalCipher implements ValueCipher {
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private final SecureRandom random = new SecureRandom();
  private final SecretKey key;

  LocalCipher() {
    byte[] bytes = new byte[16];
    random.nextBytes(bytes);
    key = new SecretKeySpec(bytes, "AES");
  }

  @Override
  public List<String> encrypt(List<byte[]> plaintexts) {
    return plaintexts.stream().map(this::encryptOne).toList();
  }

  @Override
  public List<byte[]> decrypt(List<String> ciphertexts) {
    return ciphertexts.stream().map(this::decryptOne).toList();
  }

  private String encryptOne(byte[] plaintext) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce, plaintext);
    byte[] all = Arrays.copyOf(nonce, nonce.length + sealed.length);
    System.arraycopy(sealed, 0, all, nonce.length, sealed.length);
    return "vault:v1:" + Base64.getEncoder().encodeToString(all);
  }

  private byte[] decryptOne(String ciphertext) {
    byte[] all = Base64.getDecoder().decode(ciphertext.substring("vault:v1:".length()));
    return cipher(
        Cipher.DECRYPT_MODE,
        Arrays.copyOf(all, NONCE_BYTES),
        Arrays.copyOfRange(all, NONCE_BYTES, all.length));
  }

  private byte[] cipher(int mode, byte[] nonce, byte[] input) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
      return cipher.doFinal(input);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
