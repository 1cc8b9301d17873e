package io.terrarium.operations.backup;

import io.terrarium.contracts.archivist.ObjectClaims;
import io.terrarium.contracts.archivist.ObjectClaims.Action;
import io.terrarium.contracts.archivist.SignedPaths;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceClient.Download;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/// Objects and logs by archivist, the one door to the store: they come in the clear, and are
/// encrypted by the keys of where they go.
final class Blobs {
  private static final Duration VALID = Duration.ofHours(1);

  /// What was stored once was small enough.
  private static final long OBJECT_BYTES_MAX = Long.MAX_VALUE;

  private static final String GZIP = "gzip";

  private final ServiceClient reading;
  private final ServiceClient writing;
  private final SignedPaths paths;
  private final Clock clock;

  /// @param reading to archivist, which answers at once
  /// @param writing to archivist, which answers when all of an upload has come
  Blobs(ServiceClient reading, ServiceClient writing, SignedPaths paths, Clock clock) {
    this.reading = reading;
    this.writing = writing;
    this.paths = paths;
    this.clock = clock;
  }

  /// An object as it is stored, compressed or not; empty when there is none.
  Optional<Download> open(String key) {
    return reading.download(path(Action.READ, key, 0), Map.of("Accept-Encoding", GZIP));
  }

  /// @param encoding of `content`, "" without one
  void store(String key, String encoding, InputStream content) {
    writing.put(
        path(Action.WRITE, key, 0),
        HttpRequest.BodyPublishers.ofInputStream(() -> content),
        encoding.isEmpty() ? Map.of() : Map.of("Content-Encoding", encoding));
  }

  /// A slice of a framed log, empty behind its end.
  byte[] readLog(String key, long offset, int limit) throws IOException {
    String path = path(Action.READ_LOG, key, 0) + "?offset=" + offset + "&limit=" + limit;
    Optional<InputStream> slice = reading.get(path, Map.of());
    if (slice.isEmpty()) {
      return new byte[0];
    }
    try (InputStream bytes = slice.get()) {
      return bytes.readAllBytes();
    }
  }

  /// @param attempt that the log is of, so that a later one of its phase can go on
  void appendLog(String key, int attempt, long offset, byte[] bytes, boolean end) {
    reading.post(
        path(Action.APPEND_LOG, key, attempt) + "?offset=" + offset + (end ? "&end=1" : ""),
        HttpRequest.BodyPublishers.ofByteArray(bytes),
        Map.of());
  }

  private String path(Action action, String key, int attempt) {
    long expires = clock.instant().plus(VALID).getEpochSecond();
    return paths.sign(new ObjectClaims(action, key, expires, OBJECT_BYTES_MAX, attempt, null));
  }
}
