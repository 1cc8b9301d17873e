package io.terrarium.archivist;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;

/// In which form an object is stored: as it is, or as its writer has compressed it.
enum Encoding {
  IDENTITY,
  GZIP;

  static final String HEADER = "Content-Encoding";
  private static final String GZIP_NAME = "gzip";
  private static final String METADATA = "encoding";
  private static final int CHUNK_BYTES = 64 * 1024;

  /// @param header what the writer says of its body
  static Encoding ofHeader(Optional<String> header) {
    return header.filter(GZIP_NAME::equalsIgnoreCase).isPresent() ? GZIP : IDENTITY;
  }

  static Encoding ofMetadata(Map<String, String> metadata) {
    return GZIP_NAME.equals(metadata.get(METADATA)) ? GZIP : IDENTITY;
  }

  /// What the object store keeps with the object.
  Map<String, String> metadata() {
    return this == GZIP ? Map.of(METADATA, GZIP_NAME) : Map.of();
  }

  /// @param header the `Accept-Encoding` of a reader, who takes what is not encoded in any case
  boolean isTaken(Optional<String> header) {
    return switch (this) {
      case IDENTITY -> true;
      case GZIP ->
          header.stream()
              .flatMap(names -> Stream.of(names.split(",")))
              .map(String::strip)
              .anyMatch(name ->
                  name.matches("(?i)(gzip|\\*)(\\s*;.*)?") && !name.matches(".*;\\s*q=0(\\.0*)?"));
    };
  }

  /// What was encoded; nothing is left open when that cannot be read.
  InputStream decoded(InputStream encoded) {
    return switch (this) {
      case IDENTITY -> encoded;
      case GZIP -> inflated(encoded);
    };
  }

  private static InputStream inflated(InputStream compressed) {
    try {
      return new GZIPInputStream(compressed, CHUNK_BYTES);
    } catch (IOException e) {
      try (compressed) {
        throw new IllegalStateException("a compressed object cannot be read", e);
      } catch (IOException unclosed) {
        throw new IllegalStateException("a compressed object cannot be closed", unclosed);
      }
    }
  }
}
