package io.terrarium.embedded;

import java.io.IOException;
import java.util.concurrent.CountDownLatch;

/// Holds a service up until the test lets it go on.
final class Gate {
  private final CountDownLatch latch = new CountDownLatch(1);

  void open() {
    latch.countDown();
  }

  void await() throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException("the test is over", e);
    }
  }
}
