package io.terrarium.slugingress.git;

import io.terrarium.slugingress.limit.Allowance;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/// What a host says, counted as it comes.
final class HeardStream extends FilterInputStream {
  private final Allowance allowance;

  HeardStream(InputStream from, Allowance allowance) {
    super(from);
    this.allowance = allowance;
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) throws IOException {
    int count;
    try {
      count = in.read(into, offset, length);
    } catch (IOException e) {
      allowance.check();
      throw e;
    }
    allowance.heard(Math.max(count, 0));
    return count;
  }

  @Override
  public long skip(long count) throws IOException {
    return in.readNBytes((int) Math.min(count, Integer.MAX_VALUE)).length;
  }

  @Override
  public boolean markSupported() {
    return false;
  }
}
