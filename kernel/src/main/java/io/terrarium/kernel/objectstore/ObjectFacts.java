package io.terrarium.kernel.objectstore;

import java.util.Map;

/// What the store knows of an object without its content.
///
/// @param metadata ours; names are in lower case, since S3 does not keep their case
public record ObjectFacts(long size, String etag, Map<String, String> metadata) {
  public ObjectFacts {
    metadata = Map.copyOf(metadata);
  }
}
