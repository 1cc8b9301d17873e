package io.terrarium.operations.backup;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import io.terrarium.kernel.Secret;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import javax.crypto.spec.SecretKeySpec;

/// What is derived from a password: a key for the stream, and one that proves the header, so that a
/// wrong password is told from a damaged snapshot.
final class SnapshotKey {
  /// As OWASP's password storage cheat sheet has it for SHA-256, with the slower hash.
  static final int ITERATIONS = 600_000;

  static final int SALT_BYTES = 32;

  private static final int KEY_BYTES = 32;
  private static final int SEGMENT_BYTES = 256 * 1024;

  private final byte[] streamKey;
  private final byte[] headerKey;

  private SnapshotKey(byte[] derived) {
    streamKey = Arrays.copyOf(derived, KEY_BYTES);
    headerKey = Arrays.copyOfRange(derived, KEY_BYTES, 2 * KEY_BYTES);
  }

  static SnapshotKey of(Secret password, byte[] salt, int iterations) {
    PBEKeySpec spec =
        new PBEKeySpec(password.value().toCharArray(), salt, iterations, 2 * KEY_BYTES * 8);
    try {
      return new SnapshotKey(
          SecretKeyFactory.getInstance("PBKDF2WithHmacSHA512").generateSecret(spec).getEncoded());
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has PBKDF2WithHmacSHA512", e);
    } finally {
      spec.clearPassword();
    }
  }

  byte[] proofOf(byte[] header) {
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(headerKey, "HmacSHA256"));
      return mac.doFinal(header);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK has HmacSHA256", e);
    }
  }

  /// In small segments, so that bytes flow steadily.
  AesGcmHkdfStreaming cipher() {
    try {
      return new AesGcmHkdfStreaming(streamKey, "HmacSha256", KEY_BYTES, SEGMENT_BYTES, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("the parameters are fixed", e);
    }
  }
}
