package io.terrarium.gitserver.git;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// A body of at most so many bytes, counted as they come out of their compression.
final class LimitedStream extends FilterInputStream {
  private final long bytesMax;
  private long left;

  LimitedStream(InputStream in, long bytesMax) {
    super(in);
    this.bytesMax = bytesMax;
    this.left = bytesMax;
  }

  @Override
  public int read() throws IOException {
    int next = super.read();
    count(next < 0 ? 0 : 1);
    return next;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int read = super.read(target, offset, length);
    count(Math.max(read, 0));
    return read;
  }

  /// JGit tells whoever pushes of it. Its own limit does not see what has not come in yet, and
  /// calls the pack truncated.
  private void count(int bytes) throws IOException {
    left -= bytes;
    if (left < 0) {
      throw new IOException("it exceeds the limit of " + bytesMax + " bytes");
    }
  }
}
