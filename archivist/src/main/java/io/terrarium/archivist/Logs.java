package io.terrarium.archivist;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// Live logs, appended by offset and read by offset. The tail is in Redis, full segments are in the
/// object store; when Redis loses its memory the log goes on from what was stored, and the writer,
/// who has all of it, is told where to resume.
final class Logs {
  private static final int SEGMENT_BYTES = 512 * 1024;
  private static final int TRIES = 20;
  static final byte STX = 2;
  static final byte ETX = 3;
  private static final String END = "/end";

  /// Above every attempt of a worker: the mesh's own last words.
  private static final int LAST_ATTEMPT = Integer.MAX_VALUE;

  private final LogTail tail;
  private final SealedStore store;

  Logs(LogTail tail, SealedStore store) {
    this.tail = tail;
    this.store = store;
  }

  /// How an append was answered.
  sealed interface Answer {
    record Appended(long length, boolean ended) implements Answer {}

    /// There is a hole before `offset`; the writer resumes at `length`.
    record Gap(long length) implements Answer {}

    /// A newer attempt has taken over.
    record Stale(long length) implements Answer {}
  }

  /// Appends what is new in `bytes`.
  ///
  /// @param offset of the first byte; at the end, whatever it is, when absent
  Answer append(String log, int attempt, OptionalLong offset, byte[] bytes, boolean end) {
    for (int attempts = 0; attempts < TRIES; attempts++) {
      LogMeta meta = known(log);
      if (attempt < meta.attempt()) {
        return new Answer.Stale(meta.length());
      }
      boolean reopened = meta.ended() && attempt > meta.attempt() && attempt != LAST_ATTEMPT;
      if (meta.ended() && !reopened) {
        // The end may have been noted by a process that died before it had stored the rest.
        store(log, meta, meta.length(), true);
        return new Answer.Appended(meta.length(), true);
      }
      long skipped = offset.isPresent() ? meta.length() - offset.getAsLong() : 0;
      if (skipped < 0) {
        return new Answer.Gap(meta.length());
      }
      if (meta.length() - meta.flushed() >= SEGMENT_BYTES) {
        // What the last append left behind could not be stored. While the object store is away
        // nothing is added: the writer has all of it and asks again, and Redis does not fill up.
        store(log, meta, meta.length(), false);
        continue;
      }
      byte[] fresh = from(bytes, skipped);
      if (tail.append(log, meta, attempt, fresh, end)) {
        long length = meta.length() + fresh.length;
        store(log, meta, length, end);
        return new Answer.Appended(length, end);
      }
    }
    throw new IllegalStateException("log " + log + " is written by too many at once");
  }

  private static byte[] from(byte[] bytes, long skipped) {
    return skipped >= bytes.length
        ? new byte[0]
        : java.util.Arrays.copyOfRange(bytes, (int) skipped, bytes.length);
  }

  /// Full segments, and at the end all of it, go to the object store. If this process dies before,
  /// the next append does it. A segment's key says where it begins and ends: one that was read
  /// earlier and comes late, being shorter, lies beside the longer one and does not replace it.
  private void store(String log, LogMeta before, long length, boolean end) {
    if (!end && length - before.flushed() < SEGMENT_BYTES) {
      return;
    }
    LogMeta meta = known(log);
    if (meta.length() > meta.flushed()) {
      byte[] segment = tail.read(log, meta, meta.flushed(), meta.length() - meta.flushed());
      if (segment.length != meta.length() - meta.flushed()) {
        throw new IllegalStateException("log " + log + " is being stored by another");
      }
      store.put(Segment.key(log, meta.flushed(), meta.length()), new ByteArrayInputStream(segment));
      tail.flushed(log, meta.flushed(), meta.flushed() + segment.length);
    }
    if (end) {
      String facts = length + " " + meta.attempt();
      store.raw().put(log + END, facts.getBytes(StandardCharsets.UTF_8), Map.of());
    }
  }

  /// A slice of the framed log: STX, the raw bytes, ETX once it has ended; all count in offsets.
  byte[] read(String log, long offset, long limit) {
    Optional<LogMeta> found = tail.meta(log).or(() -> stored(log));
    if (found.isEmpty() || limit <= 0) {
      return new byte[0];
    }
    LogMeta meta = found.get();
    ByteArrayOutputStream slice = new ByteArrayOutputStream();
    if (offset == 0) {
      slice.write(STX);
    }
    long raw = Math.max(0, offset - 1);
    long wanted = Math.min(meta.length() - raw, limit - slice.size());
    if (wanted > 0) {
      slice.writeBytes(raw(log, meta, raw, wanted));
    }
    boolean complete = offset + slice.size() == meta.length() + 1;
    if (meta.ended() && complete && slice.size() < limit) {
      slice.write(ETX);
    }
    return slice.toByteArray();
  }

  /// A slice of what was written; offsets count that alone.
  byte[] unframed(String log, long offset, long limit) {
    Optional<LogMeta> found = tail.meta(log).or(() -> stored(log));
    long wanted = found.map(meta -> Math.min(meta.length() - offset, limit)).orElse(0L);
    return wanted > 0 ? raw(log, found.orElseThrow(), offset, wanted) : new byte[0];
  }

  /// All of it, for ever; whoever reads it then finds one that has not begun.
  void delete(String log) {
    tail.delete(log);
    store.raw().list(log + "/").forEach(store::delete);
  }

  private byte[] raw(String log, LogMeta meta, long offset, long count) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    if (offset < meta.flushed()) {
      fromSegments(log, offset, Math.min(count, meta.flushed() - offset), bytes);
    }
    long left = count - bytes.size();
    if (left > 0) {
      bytes.writeBytes(tail.read(log, meta, offset + bytes.size(), left));
    }
    return bytes.toByteArray();
  }

  private void fromSegments(String log, long offset, long count, ByteArrayOutputStream target) {
    List<Segment> segments = segments(log);
    for (int i = 0; i < segments.size() && target.size() < count; i++) {
      Segment segment = segments.get(i);
      long position = offset + target.size();
      boolean isLast = i + 1 == segments.size();
      long next = isLast ? Long.MAX_VALUE : segments.get(i + 1).start();
      if (position < segment.start() || position >= next) {
        continue;
      }
      long most = Math.min(next - position, count - target.size());
      copy(segment.key(), position - segment.start(), most, target);
    }
  }

  private void copy(String key, long offset, long count, ByteArrayOutputStream target) {
    SealedStore.Opened opened = store.get(key, offset, count).orElseThrow();
    try (InputStream content = opened.content()) {
      content.transferTo(target);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// In order, of each start the longest.
  private List<Segment> segments(String log) {
    TreeMap<Long, Segment> longest = new TreeMap<>();
    for (String key : store.raw().list(log + Segment.NAME)) {
      Segment segment = Segment.of(key, () -> store.size(key));
      longest.merge(
          segment.start(), segment, (one, other) -> one.end() >= other.end() ? one : other);
    }
    return List.copyOf(longest.values());
  }

  /// What is known of the log, begun if it is new.
  private LogMeta known(String log) {
    Optional<LogMeta> inRedis = tail.meta(log);
    if (inRedis.isPresent()) {
      return inRedis.get();
    }
    tail.create(log, stored(log).orElse(LogMeta.empty()));
    return tail.meta(log).orElseThrow();
  }

  /// What the object store alone knows.
  private Optional<LogMeta> stored(String log) {
    Optional<String> end = store.raw().get(log + END).map(Logs::text);
    if (end.isPresent()) {
      String[] facts = end.get().split(" ", 2);
      long length = Long.parseLong(facts[0]);
      return Optional.of(new LogMeta(Integer.parseInt(facts[1]), length, length, true, ""));
    }
    List<Segment> segments = segments(log);
    if (segments.isEmpty()) {
      return Optional.empty();
    }
    long length = segments.getLast().end();
    return Optional.of(new LogMeta(0, length, length, false, ""));
  }

  private static String text(io.terrarium.kernel.objectstore.StoredObject object) {
    try (object) {
      return new String(object.content().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
