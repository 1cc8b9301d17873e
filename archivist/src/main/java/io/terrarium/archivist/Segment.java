package io.terrarium.archivist;

import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A part of a log in the object store.
///
/// @param start offset of its first byte
/// @param end offset behind its last byte
record Segment(long start, long end, String key) {
  /// Of every segment, behind the log's own key.
  static final String NAME = "/segment-";

  /// Without an end as it was written before.
  private static final Pattern KEY = Pattern.compile(".*" + NAME + "(\\d+)(?:-(\\d+))?");

  static String key(String log, long start, long end) {
    return log + NAME + "%016d-%016d".formatted(start, end);
  }

  /// @param size asked for when the key does not tell
  static Segment of(String key, LongSupplier size) {
    Matcher parts = KEY.matcher(key);
    if (!parts.matches()) {
      throw new IllegalStateException("not a segment of a log: " + key);
    }
    long start = Long.parseLong(parts.group(1));
    String end = parts.group(2);
    return new Segment(start, end == null ? start + size.getAsLong() : Long.parseLong(end), key);
  }
}
