package io.terrarium.operations.backup;

import io.terrarium.kernel.redis.Pause;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;

/// Copies logs out of and into archivist, live ones as well: their tails come from Redis by the
/// same address. What archivist serves is framed: STX, the raw bytes, ETX once the log has ended.
final class LogCopy {
  private static final int SLICE_BYTES = 1 << 20;
  private static final byte ETX = 3;
  private static final int LOOKS = 6;
  private static final Duration BETWEEN_LOOKS = Duration.ofMillis(200);

  private final Blobs blobs;

  LogCopy(Blobs blobs) {
    this.blobs = blobs;
  }

  /// Writes the log, as far as it is written; one that has not begun is left out.
  void write(SnapshotRecord.Log log, SnapshotWriter writer) throws IOException {
    byte[] slice = more(log.key(), 0, false);
    if (slice.length == 0) {
      writer.absent(log.key());
      return;
    }
    writer.beginLog(log);
    long offset = slice.length;
    // Held back, since the very last byte is none of the log's own where it has ended.
    byte last = slice[slice.length - 1];
    boolean hasMore = slice.length > 1;
    if (slice.length > 2) {
      writer.chunk(Arrays.copyOfRange(slice, 1, slice.length - 1), slice.length - 2);
    }
    while (true) {
      slice = more(log.key(), offset, last != ETX);
      if (slice.length == 0) {
        break;
      }
      if (hasMore) {
        writer.chunk(new byte[] {last}, 1);
      }
      if (slice.length > 1) {
        writer.chunk(slice, slice.length - 1);
      }
      last = slice[slice.length - 1];
      hasMore = true;
      offset += slice.length;
    }
    boolean hasEnded = hasMore && last == ETX;
    if (hasMore && !hasEnded) {
      writer.chunk(new byte[] {last}, 1);
    }
    writer.endLog(hasEnded);
  }

  /// A reader who comes while a part goes from Redis to the object store may see nothing for a
  /// moment, so what seems to stop without an end is looked at again and again for a while.
  private byte[] more(String key, long offset, boolean seemsCut) throws IOException {
    byte[] slice = blobs.readLog(key, offset, SLICE_BYTES);
    for (int look = 1; slice.length == 0 && look < LOOKS; look++) {
      if (seemsCut && !Pause.of(BETWEEN_LOOKS)) {
        throw new InterruptedIOException("interrupted while a log is read");
      }
      slice = blobs.readLog(key, offset, SLICE_BYTES);
      if (!seemsCut) {
        return slice;
      }
    }
    return slice;
  }

  /// Appends what `reader` has of the log. What is there already is passed over by archivist, so it
  /// may be done twice.
  void read(SnapshotRecord.Log log, SnapshotReader reader) throws IOException {
    long offset = 0;
    for (Optional<byte[]> chunk = reader.chunk(); chunk.isPresent(); chunk = reader.chunk()) {
      byte[] bytes = chunk.get();
      blobs.appendLog(log.key(), log.attempt(), offset, bytes, false);
      offset += bytes.length;
    }
    if (reader.hasEnded()) {
      blobs.appendLog(log.key(), log.attempt(), offset, new byte[0], true);
    }
  }
}
