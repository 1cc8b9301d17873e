package io.terrarium.archivist;

import io.terrarium.kernel.http.PieceStream;
import java.io.IOException;

/// All that a log holds by now, as it was written, without the frame that clients know.
final class RawLog extends PieceStream {
  private static final int PIECE_BYTES = 256 * 1024;

  private final Logs logs;
  private final String log;
  private long offset;

  RawLog(Logs logs, String log) {
    this.logs = logs;
    this.log = log;
  }

  @Override
  protected Item take() {
    byte[] piece = logs.unframed(log, offset, PIECE_BYTES);
    offset += piece.length;
    return piece.length == 0 ? new End() : new Piece(() -> piece);
  }

  @Override
  protected IOException broken(Throwable cause) {
    return new IOException("the log broke off", cause);
  }
}
