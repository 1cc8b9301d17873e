package io.terrarium.core.vcshost;

import io.terrarium.kernel.Secret;
import io.terrarium.kernel.crypto.Mac;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Optional;

/// Proofs that a webhook's sender knows the secret.
final class Signatures {
  static final String PREFIX = "sha256=";
  private static final HexFormat HEX = HexFormat.of();

  private Signatures() {}

  /// Whether `signature` is the hex form of the body's HMAC; one that is absent never is.
  ///
  /// @param prefix stands before it
  static boolean match(
      Optional<String> signature, String prefix, WebhookRequest request, Secret secret) {
    // An empty secret is no key, and would be everybody's.
    if (secret.value().isEmpty()) {
      return false;
    }
    return signature
        .filter(given -> given.startsWith(prefix))
        .flatMap(given -> unhex(given.substring(prefix.length())))
        .filter(given -> Mac.sha256(secret).verify(request.body(), given))
        .isPresent();
  }

  private static Optional<byte[]> unhex(String text) {
    try {
      return Optional.of(HEX.parseHex(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  static String digest(String text) {
    return digest(text.getBytes(StandardCharsets.UTF_8));
  }

  /// Tells bodies apart where the host does not number what it sends.
  static String digest(byte[] body) {
    try {
      return HEX.formatHex(MessageDigest.getInstance("SHA-256").digest(body));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
