package io.terrarium.terrarium;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.util.concurrent.TimeUnit;

/// Tells once a second how much of a stream has passed.
final class CountedStream extends FilterInputStream {
  private static final long PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private final PrintWriter progress;
  private final String what;
  private long bytes;
  private long toldAt = System.nanoTime();
  private boolean hasTold;

  /// @param what is done with it, as a person reads it
  CountedStream(InputStream in, String what, PrintWriter progress) {
    super(in);
    this.what = what;
    this.progress = progress;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    int count = in.read(target, offset, length);
    bytes += Math.max(0, count);
    if (System.nanoTime() - toldAt > PAUSE_NANOS) {
      toldAt = System.nanoTime();
      progress.printf("\r%s %.1f MB ", what, megabytes());
      progress.flush();
      hasTold = true;
    }
    return count;
  }

  /// What is printed next begins a line of its own.
  @Override
  public void close() throws IOException {
    if (hasTold) {
      progress.println();
      hasTold = false;
    }
    super.close();
  }

  double megabytes() {
    return bytes / 1e6;
  }
}
