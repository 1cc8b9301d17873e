package io.terrarium.archivist;

import io.terrarium.kernel.objectstore.ObjectStore;
import io.terrarium.kernel.objectstore.StoredObject;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.SeekableByteChannel;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// A stored object as a channel that can seek: each jump is one ranged read.
final class ObjectChannel implements SeekableByteChannel {
  private final ObjectStore store;
  private final String key;
  private final long size;
  private long position;
  private @Nullable StoredObject current;
  private long currentPosition;
  private boolean open = true;

  ObjectChannel(ObjectStore store, String key, long size) {
    this.store = store;
    this.key = key;
    this.size = size;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (position >= size) {
      return -1;
    }
    StoredObject object = current;
    if (object == null || currentPosition != position) {
      closeCurrent();
      object =
          store
              .get(key, position, OptionalLong.empty())
              .orElseThrow(() -> new IOException("object " + key + " is gone"));
      current = object;
      currentPosition = position;
    }
    byte[] bytes = new byte[target.remaining()];
    int count = object.content().readNBytes(bytes, 0, bytes.length);
    target.put(bytes, 0, count);
    position += count;
    currentPosition = position;
    return count == 0 ? -1 : count;
  }

  @Override
  public long position() {
    return position;
  }

  @Override
  public SeekableByteChannel position(long newPosition) {
    position = newPosition;
    return this;
  }

  @Override
  public long size() {
    return size;
  }

  @Override
  public boolean isOpen() {
    return open;
  }

  @Override
  public int write(ByteBuffer source) {
    throw new NonWritableChannelException();
  }

  @Override
  public SeekableByteChannel truncate(long newSize) {
    throw new NonWritableChannelException();
  }

  @Override
  public void close() throws IOException {
    open = false;
    closeCurrent();
  }

  private void closeCurrent() throws IOException {
    if (current != null) {
      current.close();
      current = null;
    }
  }
}
