package io.terrarium.kernel.crypto;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.spec.AlgorithmParameterSpec;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/// Authenticated encryption; what it makes is a fresh 96-bit nonce followed by ciphertext and tag.
public enum Aead {
  /// For data at rest; transit's own cipher.
  AES_256_GCM("AES/GCM/NoPadding", "AES") {
    @Override
    AlgorithmParameterSpec parameters(byte[] nonce) {
      return new GCMParameterSpec(TAG_BITS, nonce);
    }
  },
  /// For what seals keys.
  CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20") {
    @Override
    AlgorithmParameterSpec parameters(byte[] nonce) {
      return new IvParameterSpec(nonce);
    }
  };

  public static final int KEY_BYTES = 32;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String transformation;
  private final String algorithm;

  Aead(String transformation, String algorithm) {
    this.transformation = transformation;
    this.algorithm = algorithm;
  }

  abstract AlgorithmParameterSpec parameters(byte[] nonce);

  public static byte[] random(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return random;
  }

  public byte[] encrypt(byte[] key, byte[] plaintext) {
    return encrypt(key, plaintext, new byte[0]);
  }

  /// @param associated is not in what is made, and must be given again to read it
  public byte[] encrypt(byte[] key, byte[] plaintext, byte[] associated) {
    byte[] nonce = random(NONCE_BYTES);
    try {
      byte[] ciphertext = cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plaintext);
      return ByteBuffer.allocate(nonce.length + ciphertext.length)
          .put(nonce)
          .put(ciphertext)
          .array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + transformation, e);
    }
  }

  /// @throws GeneralSecurityException when it was not encrypted by this key, or changed since
  public byte[] decrypt(byte[] key, byte[] sealed) throws GeneralSecurityException {
    return decrypt(key, sealed, new byte[0]);
  }

  /// @throws GeneralSecurityException as above, or when it was made with other associated data
  public byte[] decrypt(byte[] key, byte[] sealed, byte[] associated)
      throws GeneralSecurityException {
    if (sealed.length < NONCE_BYTES + TAG_BITS / 8) {
      throw new GeneralSecurityException("too short");
    }
    byte[] nonce = new byte[NONCE_BYTES];
    System.arraycopy(sealed, 0, nonce, 0, NONCE_BYTES);
    return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
        .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
  }

  private Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance(transformation);
    cipher.init(mode, new SecretKeySpec(key, algorithm), parameters(nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
