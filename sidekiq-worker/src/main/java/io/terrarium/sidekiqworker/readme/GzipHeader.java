package io.terrarium.sidekiqworker.readme;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/// What stands before the packed bytes of a gzip file.
///
/// Java's own stream goes on with whatever members follow the first one, a method call deeper for
/// each that is empty, until there is no stack left. Slugs have one member.
final class GzipHeader {
  private static final int MAGIC = 0x8b1f;
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;

  private GzipHeader() {}

  /// Reads up to the packed bytes.
  ///
  /// @throws IOException when this is no gzip file
  static void pass(InputStream in) throws IOException {
    if (twoBytes(in) != MAGIC || oneByte(in) != DEFLATE) {
      throw new IOException("this is no gzip file");
    }
    int flags = oneByte(in);
    pass(in, 6); // Its time, the effort it took and the system it was made on.
    if ((flags & HAS_EXTRA) != 0) {
      pass(in, twoBytes(in));
    }
    if ((flags & HAS_NAME) != 0) {
      passText(in);
    }
    if ((flags & HAS_COMMENT) != 0) {
      passText(in);
    }
    if ((flags & HAS_CHECKSUM) != 0) {
      pass(in, 2);
    }
  }

  private static void pass(InputStream in, int bytes) throws IOException {
    for (int passed = 0; passed < bytes; passed++) {
      oneByte(in);
    }
  }

  private static void passText(InputStream in) throws IOException {
    while (oneByte(in) != 0) {
      // Nobody asks for it.
    }
  }

  private static int twoBytes(InputStream in) throws IOException {
    return oneByte(in) | oneByte(in) << 8;
  }

  private static int oneByte(InputStream in) throws IOException {
    int read = in.read();
    if (read < 0) {
      throw new EOFException("the gzip file ends within its header");
    }
    return read;
  }
}
