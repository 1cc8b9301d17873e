package io.terrarium.terrarium;

import io.terrarium.kernel.runtime.Signals;
import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;

/// Ctrl-C and SIGTERM: the first ends the command in good order, a second Ctrl-C at once.
///
/// What is killed at once leaves servers behind; the next start on the same data ends them.
final class Stop {
  private static final int INTERRUPTED = 130;

  private Stop() {}

  /// Counts `end` down on a signal, and keeps the process until `closed` is down. To be called
  /// before anything is started, so that a stop during the start leaves nothing behind either.
  ///
  /// The command ends by itself then, not from a shutdown hook: the broker has a hook of its own
  /// and must not be taken down by both.
  static void onSignal(PrintWriter out, CountDownLatch end, CountDownLatch closed) {
    AtomicBoolean asked = new AtomicBoolean();
    Runnable begin =
        () -> {
          if (closed.getCount() > 0 && !asked.getAndSet(true)) {
            out.println("\nStopping in good order. Ctrl-C again stops at once.");
            end.countDown();
          }
        };
    Signals.on("TERM", begin);
    Signals.on(
        "INT",
        () -> {
          if (asked.get()) {
            Runtime.getRuntime().halt(INTERRUPTED);
          }
          begin.run();
        });
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  begin.run();
                  await(closed);
                },
                "stop"));
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
