package io.terrarium.kernel.objectstore;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;

/// An object, or a range of it, being read; to be closed by the reader.
///
/// @param size of what `content` will give
/// @param totalSize of the whole object
public record StoredObject(
    InputStream content, Map<String, String> metadata, long size, long totalSize)
    implements AutoCloseable {
  public StoredObject {
    metadata = Map.copyOf(metadata);
  }

  @Override
  public void close() throws IOException {
    content.close();
  }
}
