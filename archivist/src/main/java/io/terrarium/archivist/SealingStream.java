package io.terrarium.archivist;

import com.google.crypto.tink.subtle.AesGcmHkdfStreaming;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.GeneralSecurityException;

/// Turns a stream in the clear into its sealed form while it is read, one chunk at a time. If the
/// source breaks off, so does this: the final segment, without which nothing can be opened, is
/// never made.
final class SealingStream extends InputStream {
  private static final int CHUNK_BYTES = 64 * 1024;

  private final InputStream source;
  private final ByteArrayOutputStream sealed = new ByteArrayOutputStream();
  private final OutputStream sealing;
  private byte[] ready = new byte[0];
  private int position;
  private boolean ended;

  SealingStream(InputStream source, AesGcmHkdfStreaming cipher, byte[] associated)
      throws IOException {
    this.source = source;
    try {
      sealing = cipher.newEncryptingStream(sealed, associated);
    } catch (GeneralSecurityException e) {
      throw new IOException("cannot seal", e);
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == ready.length) {
      if (ended) {
        return -1;
      }
      fill();
    }
    int count = Math.min(length, ready.length - position);
    System.arraycopy(ready, position, target, offset, count);
    position += count;
    return count;
  }

  private void fill() throws IOException {
    byte[] chunk = source.readNBytes(CHUNK_BYTES);
    if (chunk.length == 0) {
      sealing.close();
      ended = true;
    } else {
      sealing.write(chunk);
    }
    ready = sealed.toByteArray();
    sealed.reset();
    position = 0;
  }
}
