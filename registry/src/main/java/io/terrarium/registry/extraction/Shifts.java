package io.terrarium.registry.extraction;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Works side by side on what there is, at once when it is told of something, and every few seconds
/// for what nobody has told.
public final class Shifts implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Shifts.class);
  private static final int SLOTS = 2;
  private static final long LOOK_SECONDS = 2;

  private final Availability availability;
  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);

  public Shifts(Availability availability) {
    this.availability = availability;
  }

  public void start() {
    for (int slot = 1; slot <= SLOTS; slot++) {
      Thread.ofVirtual().name("extraction-" + slot).start(this::run);
    }
  }

  /// There is something to do.
  public void wake() {
    if (wakes.availablePermits() < SLOTS) {
      wakes.release();
    }
  }

  private void run() {
    try {
      while (closed.getCount() > 0) {
        if (!workOnce()) {
          boolean _ = wakes.tryAcquire(LOOK_SECONDS, TimeUnit.SECONDS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /// The outermost loop: a failed turn is logged, and a later one tries again. Nor does an error
  /// end it, such as memory that was not there: what was worked on comes back when its claim is
  /// over, and fails for good when that happens to it again and again.
  private boolean workOnce() {
    try {
      return availability.next();
    } catch (RuntimeException | Error e) {
      if (closed.getCount() > 0) {
        log.atWarn().setCause(e).log("turn failed, will be repeated");
      }
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
    wakes.release(SLOTS);
  }
}
