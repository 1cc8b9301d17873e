package io.terrarium.kernel.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// A body that comes in pieces from another thread, read as a blocking stream.
public abstract class PieceStream extends InputStream {
  private byte[] current = new byte[0];
  private int position;
  private @Nullable Item last;

  /// What the other thread hands over.
  public sealed interface Item {}

  /// Some more of the body.
  ///
  /// @param bytes are asked for in the reader's thread
  public record Piece(Supplier<byte[]> bytes) implements Item {}

  /// There is no more of it.
  public record End() implements Item {}

  /// Nobody gives the rest of it.
  public record Broken(Throwable cause) implements Item {}

  /// The next item, once it is there.
  protected abstract Item take() throws InterruptedException;

  /// What the reader is told of a body that ends before its end.
  protected abstract IOException broken(Throwable cause);

  @Override
  public final int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public final int read(byte[] target, int offset, int length) throws IOException {
    if (length == 0) {
      return 0;
    }
    while (position == current.length) {
      if (!advance()) {
        return -1;
      }
    }
    int count = Math.min(length, current.length - position);
    System.arraycopy(current, position, target, offset, count);
    position += count;
    return count;
  }

  /// Waits for the next piece; false at the end. A body that has ended or broken off stays so.
  protected final boolean advance() throws IOException {
    Item item = last == null ? next() : last;
    switch (item) {
      case Piece(Supplier<byte[]> bytes) -> {
        current = bytes.get();
        position = 0;
        return true;
      }
      case End _ -> {
        last = item;
        return false;
      }
      case Broken(Throwable cause) -> {
        last = item;
        throw broken(cause);
      }
    }
  }

  private Item next() throws IOException {
    try {
      return take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the body");
    }
  }
}
