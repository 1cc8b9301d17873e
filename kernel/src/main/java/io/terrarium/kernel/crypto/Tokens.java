package io.terrarium.kernel.crypto;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;

/// Random texts for ids and secrets, and their comparison.
public final class Tokens {
  private static final String BASE58 = "123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz";
  private static final SecureRandom RANDOM = new SecureRandom();

  private Tokens() {}

  /// `length` characters of base58, each from a secure source.
  public static String base58(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(BASE58.charAt(RANDOM.nextInt(BASE58.length())));
    }
    return text.toString();
  }

  /// `bytes` random bytes in hex.
  public static String hex(int bytes) {
    byte[] random = new byte[bytes];
    RANDOM.nextBytes(random);
    return java.util.HexFormat.of().formatHex(random);
  }

  /// Compares without telling by its time how much is alike.
  public static boolean same(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
