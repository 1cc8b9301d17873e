package io.terrarium.archivist;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrarium.kernel.http.EventFeed;
import io.terrarium.kernel.runtime.Topics;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// A log as events, from an offset to its end: `log` with a piece of its text as a JSON string, and
/// `end`. The id of each says where a reader goes on who has lost the connection. One that has
/// ended is told in the same way as one that grows.
final class LogFeed implements EventFeed {
  private static final int PIECE_BYTES = 64 * 1024;

  private final Logs logs;
  private final Topics.Watch watch;
  private final String log;
  private long offset;
  private boolean isOver;

  /// @param watch of what is appended, begun before anything is read
  /// @param offset as of [Logs#read]
  LogFeed(Logs logs, Topics.Watch watch, String log, long offset) {
    this.logs = logs;
    this.watch = watch;
    this.log = log;
    this.offset = offset;
  }

  @Override
  public Optional<String> next(Duration longest) throws InterruptedException {
    if (isOver || watch.isClosed()) {
      return Optional.empty();
    }
    String told = read();
    if (told.isEmpty() && !isOver) {
      watch.await(longest);
      told = watch.isClosed() ? "" : read();
    }
    return Optional.of(told);
  }

  private String read() {
    byte[] slice = logs.read(log, offset, PIECE_BYTES);
    int from = slice.length > 0 && offset == 0 && slice[0] == Logs.STX ? 1 : 0;
    boolean hasEnd = slice.length > 0 && slice[slice.length - 1] == Logs.ETX;
    int to = hasEnd ? slice.length - 1 : whole(slice);
    StringBuilder told = new StringBuilder();
    if (to > from) {
      String text = new String(Arrays.copyOfRange(slice, from, to), StandardCharsets.UTF_8);
      offset += to;
      told.append("id: ").append(offset).append('\n');
      told.append(EventFeed.event("log", TextNode.valueOf(text).toString()));
    }
    if (hasEnd) {
      isOver = true;
      told.append(EventFeed.event("end", ""));
    }
    return told.toString();
  }

  /// How many of the bytes are whole characters: what is written may end in the midst of one.
  private static int whole(byte[] bytes) {
    int start = bytes.length - 1;
    while (start >= 0 && start > bytes.length - 4 && (bytes[start] & 0xc0) == 0x80) {
      start--;
    }
    if (start < 0 || (bytes[start] & 0x80) == 0) {
      return bytes.length;
    }
    int length = Integer.numberOfLeadingZeros(~((bytes[start] & 0xff) << 24));
    return length >= 2 && length <= 4 && start + length > bytes.length ? start : bytes.length;
  }

  @Override
  public void close() {
    watch.close();
  }
}
