package io.terrarium.kernel.crypto;

import io.terrarium.kernel.Secret;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import javax.crypto.spec.SecretKeySpec;

/// A keyed hash (HMAC). Verification takes the same time whatever the difference.
public final class Mac {
  private final String algorithm;
  private final SecretKeySpec key;

  private Mac(String algorithm, Secret key) {
    this.algorithm = algorithm;
    this.key = new SecretKeySpec(key.value().getBytes(StandardCharsets.UTF_8), algorithm);
  }

  public static Mac sha256(Secret key) {
    return new Mac("HmacSHA256", key);
  }

  public static Mac sha512(Secret key) {
    return new Mac("HmacSHA512", key);
  }

  /// The key for one purpose of those that come from `root`: who knows it knows none of the others.
  public static Secret key(Secret root, String purpose) {
    return new Secret(HexFormat.of().formatHex(sha512(root).sign(purpose)));
  }

  public byte[] sign(String text) {
    return sign(text.getBytes(StandardCharsets.UTF_8));
  }

  /// For what need not be text, such as the body of a request.
  public byte[] sign(byte[] bytes) {
    try {
      javax.crypto.Mac mac = javax.crypto.Mac.getInstance(algorithm);
      mac.init(key);
      return mac.doFinal(bytes);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }

  public boolean verify(String text, byte[] signature) {
    return MessageDigest.isEqual(sign(text), signature);
  }

  public boolean verify(byte[] bytes, byte[] signature) {
    return MessageDigest.isEqual(sign(bytes), signature);
  }
}
