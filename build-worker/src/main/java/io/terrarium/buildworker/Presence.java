package io.terrarium.buildworker;

import io.terrarium.contracts.internal.WorkerBeat;
import io.terrarium.contracts.internal.WorkerOrders;
import io.terrarium.kernel.client.ServiceFault;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells atlas of this worker and its free slots, every few seconds and at once after a change, and
/// has its answers obeyed.
final class Presence implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Presence.class);
  private static final long EVERY_SECONDS = 5;

  private final Atlas atlas;
  private final Supplier<WorkerBeat> beat;
  private final Consumer<WorkerOrders.Intake> obey;
  private final Semaphore wake = new Semaphore(1);
  private final Thread thread;
  private volatile boolean isOpen = true;
  private volatile String problem = "not heard yet";

  Presence(Atlas atlas, Supplier<WorkerBeat> beat, Consumer<WorkerOrders.Intake> obey) {
    this.atlas = atlas;
    this.beat = beat;
    this.obey = obey;
    thread = Thread.ofVirtual().name("presence").start(this::run);
  }

  /// Throws unless atlas has answered the last beat.
  void check() {
    String last = problem;
    if (!last.isEmpty()) {
      throw new IllegalStateException(last);
    }
  }

  void wake() {
    wake.release();
  }

  private void run() {
    boolean wasHeard = true;
    try {
      while (isOpen) {
        if (wake.tryAcquire(EVERY_SECONDS, TimeUnit.SECONDS)) {
          wake.drainPermits();
        }
        wasHeard = tell(wasHeard);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean tell(boolean wasHeard) {
    try {
      obey.accept(atlas.tell(beat.get()));
      problem = "";
      return true;
    } catch (ServiceFault fault) {
      problem = fault.summary();
      if (wasHeard) {
        log.atWarn()
            .addKeyValue("reason", fault.getMessage())
            .log("atlas does not hear this worker");
      }
      return false;
    }
  }

  /// Tells a last time, that it drains.
  @Override
  public void close() {
    isOpen = false;
    wake();
    try {
      if (!thread.join(java.time.Duration.ofSeconds(2))) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
