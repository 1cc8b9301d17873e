package io.terrarium.kernel.redis;

import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.NestedMultiOutput;
import org.jspecify.annotations.Nullable;

/// Collects any answer. The parent puts a scalar in a list of one, so that it looks like an array;
/// this remembers which it was.
final class TreeOutput extends NestedMultiOutput<byte[], byte[]> {
  private boolean isArray;

  TreeOutput() {
    super(ByteArrayCodec.INSTANCE);
  }

  @Override
  public void multi(int count) {
    isArray = true;
    super.multi(count);
  }

  @Nullable Object value() {
    if (isArray) {
      return output;
    }
    return output == null || output.isEmpty() ? null : output.getFirst();
  }
}
