package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.util.concurrent.CountDownLatch;

/// Ctrl-C and SIGTERM: the first ends the command in good order.
final class Stop {
  private Stop() {}

  /// Counts `end` down on a signal, and keeps the process until `closed` is down.
  static void onSignal(PrintWriter out, CountDownLatch end, CountDownLatch closed) {
    Thread hook =
        new Thread(
            () -> {
              if (closed.getCount() > 0) {
                out.println("\nStopping; everything is kept.");
                out.flush();
              }
              end.countDown();
              try {
                closed.await();
              } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
              }
            },
            "stop");
    Runtime.getRuntime().addShutdownHook(hook);
  }
}
