package io.terrarium.kernel.http;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Stream;

/// The body of a request as a blocking stream. The request is paused and asked for one buffer at a
/// time, so however slow the reader, at most one buffer waits here, and the sender is held back by
/// TCP.
final class BodyStream extends PieceStream {
  static final String KEY = BodyStream.class.getName();

  private final HttpServerRequest request;
  private final LinkedBlockingQueue<Item> items = new LinkedBlockingQueue<>();
  private boolean started;
  private volatile boolean isUnwanted;

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
      items.add(new Piece(buffer::getBytes));
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
  protected Item take() throws InterruptedException {
    if (!started && request.isEnded()) {
      return new End();
    }
    started = true;
    request.fetch(1);
    return items.take();
  }

  @Override
  protected IOException broken(Throwable cause) {
    return new SenderGone(cause);
  }
}
