package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.redis.Pause;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Says once that Redis is away, and once that it is back.
final class Outage {
  private static final Logger LOG = LoggerFactory.getLogger(Outage.class);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(50);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(1);

  private final AtomicBoolean isAway = new AtomicBoolean();

  /// Any other fault is a bug of ours, and must not end the work of the process either.
  private void note(RuntimeException e) {
    if (!(e instanceof RedisFault)) {
      LOG.atError().setCause(e).log("sidekiq process failed at a step and repeats it");
    } else if (isAway.compareAndSet(false, true)) {
      LOG.atWarn().addKeyValue("reason", e.getMessage()).log("redis is away, jobs wait");
    }
  }

  void ended() {
    if (isAway.get() && isAway.compareAndSet(true, false)) {
      LOG.info("redis is back");
    }
  }

  /// Repeats `step` with growing pauses until Redis did it. Gives up, and returns false, when
  /// `isStopped` says so or the thread is interrupted.
  boolean outlast(Runnable step, BooleanSupplier isStopped) {
    Duration pause = FIRST_PAUSE;
    while (true) {
      try {
        step.run();
        ended();
        return true;
      } catch (RuntimeException e) {
        if (isStopped.getAsBoolean() || Thread.currentThread().isInterrupted()) {
          return false;
        }
        note(e);
        if (!Pause.of(pause)) {
          return false;
        }
        pause = pause.multipliedBy(2);
        pause = pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
      }
    }
  }
}
