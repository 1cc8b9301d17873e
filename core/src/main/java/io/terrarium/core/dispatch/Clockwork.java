package io.terrarium.core.dispatch;

import io.terrarium.core.outbox.Outbox;
import io.terrarium.core.run.RunDispatch;
import io.terrarium.core.run.RunTimers;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Drives dispatcher and sweeper of this node: the dispatcher whenever something wakes it, the
/// sweeper every few seconds. Any number of nodes may do so; each step is safe against the others.
public final class Clockwork implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Clockwork.class);
  private static final long SWEEP_SECONDS = 3;
  private static final int SWEEPS_PER_RETENTION = 1200;

  private final Semaphore wakes = new Semaphore(0);
  private final CountDownLatch closed = new CountDownLatch(1);

  /// Looks for waiting phases soon; many calls at once cost one look.
  public void wake() {
    wakes.release();
  }

  /// Starts turning.
  ///
  /// @param retention what is done once an hour, by its name
  public void start(
      RunDispatch dispatch, RunTimers timers, Outbox outbox, Map<String, Runnable> retention) {
    Thread.ofVirtual().name("dispatcher").start(() -> dispatchWhenWoken(dispatch));
    Thread.ofVirtual()
        .name("sweeper")
        .start(() -> sweepInTurns(dispatch, timers, outbox, retention));
  }

  private void dispatchWhenWoken(RunDispatch dispatch) {
    while (isOpen()) {
      try {
        wakes.acquire();
        wakes.drainPermits();
        guarded("dispatch", dispatch::dispatch);
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void sweepInTurns(
      RunDispatch dispatch, RunTimers timers, Outbox outbox, Map<String, Runnable> retention) {
    for (long turn = 0; isOpen(); turn++) {
      guarded("timers", timers::sweep);
      guarded("outbox", outbox::pushOverdue);
      guarded("dispatch", dispatch::dispatch);
      if (turn % SWEEPS_PER_RETENTION == 0) {
        retention.forEach(this::guarded);
      }
      try {
        if (closed.await(SWEEP_SECONDS, TimeUnit.SECONDS)) {
          return;
        }
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private boolean isOpen() {
    return closed.getCount() > 0;
  }

  /// The outermost loop: a failed turn is logged, and the next one tries again.
  private void guarded(String what, Runnable turn) {
    try {
      turn.run();
    } catch (RuntimeException e) {
      if (isOpen()) {
        log.atWarn().addKeyValue("what", what).setCause(e).log("turn failed, will be repeated");
      }
    }
  }

  @Override
  public void close() {
    closed.countDown();
    wakes.release();
  }
}
