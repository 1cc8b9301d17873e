package io.terrarium.archivist;

import io.terrarium.kernel.Fault;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// Counts and digests what is read through it, and breaks off when it is more than is allowed.
final class MeasuredStream extends FilterInputStream {
  private final long bytesMax;
  private final MessageDigest sha256 = digest("SHA-256");
  private final MessageDigest md5 = digest("MD5");
  private long bytes;

  MeasuredStream(InputStream source, long bytesMax) {
    super(source);
    this.bytesMax = bytesMax;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = super.read(target, offset, length);
    if (count > 0) {
      bytes += count;
      if (bytes > bytesMax) {
        throw new Fault.TooLarge(bytesMax);
      }
      sha256.update(target, offset, count);
      md5.update(target, offset, count);
    }
    return count;
  }

  long bytes() {
    return bytes;
  }

  /// Hex; to be asked once, after the end.
  String sha256() {
    return HexFormat.of().formatHex(sha256.digest());
  }

  /// Hex; to be asked once, after the end.
  String md5() {
    return HexFormat.of().formatHex(md5.digest());
  }

  private static MessageDigest digest(String algorithm) {
    try {
      return MessageDigest.getInstance(algorithm);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has " + algorithm, e);
    }
  }
}
