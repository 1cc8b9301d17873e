package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.output.BuildLog;
import io.terrarium.buildworker.sandbox.Ending;
import io.terrarium.buildworker.sandbox.Reins;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Ends a build that takes too long.
final class TimeLimit implements AutoCloseable {
  private final CountDownLatch closed = new CountDownLatch(1);

  private TimeLimit() {}

  /// @param seconds 0 for no limit
  static TimeLimit of(int seconds, Reins reins, BuildLog log) {
    TimeLimit limit = new TimeLimit();
    if (seconds > 0) {
      Thread.ofVirtual()
          .name("time-limit")
          .start(() -> {
            try {
              if (!limit.closed.await(seconds, TimeUnit.SECONDS)) {
                log.line("");
                log.line("The time limit of " + seconds + " seconds is over: interrupting.");
                reins.interrupt(Ending.TIMED_OUT);
              }
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          });
    }
    return limit;
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
