package io.terrarium.stateparser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/// Bytes on their way to a parser, parts of which are digested as they go by, whatever their size.
///
/// It rests on what a parser does: it asks for more only when it has consumed all that it has. So
/// the last bytes that it was given are enough to keep.
final class DigestedInput extends InputStream {
  private static final long NOWHERE = -1;

  private final InputStream bytes;
  private final MessageDigest digest = sha256();
  private byte[] last = {};
  private int lastLength;
  private long lastStart;
  private long from = NOWHERE;

  DigestedInput(InputStream bytes) {
    this.bytes = bytes;
  }

  /// A part begins at `offset`, which the parser has just come to.
  void begin(long offset) {
    digest.reset();
    from = offset;
  }

  /// The part ends before `offset`, which the parser has just come to.
  ///
  /// @return what tells it from others; 0 where the parser does not know its place in the file
  long end(long offset) {
    take(offset);
    boolean isMeasured = from != NOWHERE;
    from = NOWHERE;
    return isMeasured ? ByteBuffer.wrap(digest.digest()).getLong() : 0;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    take(lastStart + lastLength);
    int count = bytes.read(into, offset, length);
    lastStart += lastLength;
    lastLength = Math.max(count, 0);
    if (last.length < lastLength) {
      last = new byte[Math.max(lastLength, length)];
    }
    System.arraycopy(into, offset, last, 0, lastLength);
    return count;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public void close() throws IOException {
    bytes.close();
  }

  private void take(long end) {
    if (from == NOWHERE) {
      return;
    }
    long start = from - lastStart;
    if (start < 0 || end < from || end > lastStart + lastLength) {
      from = NOWHERE;
      return;
    }
    digest.update(last, (int) start, (int) (end - from));
    from = end;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
