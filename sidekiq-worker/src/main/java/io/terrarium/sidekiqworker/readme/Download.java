package io.terrarium.sidekiqworker.readme;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/// Bytes on their way here: a fault of the way must not look like one of the bytes.
final class Download extends FilterInputStream {
  Download(InputStream in) {
    super(in);
  }

  @Override
  public int read() {
    try {
      return super.read();
    } catch (IOException e) {
      throw interrupted(e);
    }
  }

  @Override
  public int read(byte[] bytes, int offset, int length) {
    try {
      return super.read(bytes, offset, length);
    } catch (IOException e) {
      throw interrupted(e);
    }
  }

  private static UncheckedIOException interrupted(IOException cause) {
    return new UncheckedIOException("the slug did not come to its end", cause);
  }
}
