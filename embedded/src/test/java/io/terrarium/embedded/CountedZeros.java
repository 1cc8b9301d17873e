package io.terrarium.embedded;

import io.terrarium.testsupport.Eventually;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/// So many zeros, and how many of them were taken so far.
final class CountedZeros extends InputStream {
  private static final Duration AT_REST = Duration.ofMillis(500);

  private final long total;
  private final AtomicLong taken = new AtomicLong();

  CountedZeros(long total) {
    this.total = total;
  }

  /// How many were taken when somebody has begun to take, and nobody took more for a while.
  long countOnceAtRest() {
    Eventually.until("somebody who takes the zeros", () -> taken.get() > 0);
    long before = 0;
    while (before != taken.get()) {
      before = taken.get();
      Patience.until(AT_REST, () -> false);
    }
    return before;
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0];
  }

  @Override
  public int read(byte[] target, int offset, int length) {
    long left = total - taken.get();
    if (left == 0) {
      return -1;
    }
    int count = (int) Math.min(left, length);
    Arrays.fill(target, offset, offset + count, (byte) 0);
    taken.addAndGet(count);
    return count;
  }
}
