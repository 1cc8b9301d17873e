package io.terrarium.kernel.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The body of a request as a blocking stream. The request is paused and asked for one buffer at a
/// time, so however slow the reader, at most one buffer waits here, and the sender is held back by
/// TCP.
final class BodyStream extends InputStream {
  static final String KEY = BodyStream.class.getName();

  private sealed interface Item {}

  private record Data(Buffer buffer) implements Item {}

  private record End() implements Item {}

  private record Broken(Throwable cause) implements Item {}

  private final HttpServerRequest request;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private byte[] current = new byte[0];
  private int position;
  private boolean started;
  private volatile boolean isUnwanted;
  private @Nullable Item last;

  /// The body ends before its end, since its sender has gone.
  static final class SenderGone extends IOException {
    private static final long serialVersionUID = 1L;

    private SenderGone(Throwable cause) {
      super("the sender went away before the end of the body", cause);
    }

    /// Whether that is at the bottom of `fault`, whatever it has been wrapped in.
    static boolean isCauseOf(Throwable fault) {
      return Stream.iterate(fault, Objects::nonNull, Throwable::getCause)
          .anyMatch(SenderGone.class::isInstance);
    }
  }

  /// Must be made before the event loop goes on, or bytes are lost.
  BodyStream(HttpServerRequest request) {
    this.request = request;
    request.pause();
    request.handler(this::keep);
    request.endHandler(_ -> items.add(new End()));
    request.exceptionHandler(cause -> items.add(new Broken(cause)));
    request.response().closeHandler(_ -> items.add(new Broken(new IOException("closed"))));
  }

  private void keep(Buffer buffer) {
    if (!isUnwanted) {
      items.add(new Data(buffer));
    }
  }

  /// Lets the rest pass by unread, so that a sender who does not listen before its end does not
  /// stall, and the connection can go on.
  void discardRest() {
    isUnwanted = true;
    items.clear();
    if (!request.isEnded()) {
      request.resume();
    }
  }

  @Override
  public int read() throws IOException {
    byte[] one = new byte[1];
    int count = read(one, 0, 1);
    return count < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] target, int offset, int length) throws IOException {
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

  private boolean advance() throws IOException {
    Item item = last == null ? take() : last;
    return switch (item) {
      case Data(Buffer buffer) -> {
        current = buffer.getBytes();
        position = 0;
        yield true;
      }
      case End _ -> {
        last = item;
        yield false;
      }
      case Broken(Throwable cause) -> {
        last = item;
        throw new SenderGone(cause);
      }
    };
  }

  private Item take() throws IOException {
    if (!started && request.isEnded()) {
      return new End();
    }
    started = true;
    request.fetch(1);
    try {
      return items.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for the body");
    }
  }
}
