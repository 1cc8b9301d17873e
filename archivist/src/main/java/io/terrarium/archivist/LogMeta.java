package io.terrarium.archivist;

/// What is known of a log.
///
/// @param attempt the newest that has written, or asked to
/// @param length in raw bytes, all of it
/// @param flushed bytes that are in the object store; the rest is in Redis
/// @param wrappedKey of the part in Redis, "" before the first byte
record LogMeta(int attempt, long length, long flushed, boolean ended, String wrappedKey) {
  static LogMeta empty() {
    return new LogMeta(0, 0, 0, false, "");
  }
}
