package io.terrarium.terrarium;

import java.io.PrintWriter;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
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
  static void onSignal(PrintWriter out, CountDownLatch end, CountDownLatch closed) {
    Runtime.getRuntime()
        .addShutdownHook(
            new Thread(
                () -> {
                  if (closed.getCount() > 0) {
                    out.println("\nStopping; everything is kept. Ctrl-C again stops at once.");
                    out.flush();
                  }
                  end.countDown();
                  await(closed);
                },
                "stop"));
    AtomicBoolean again = new AtomicBoolean();
    onInterrupt(() -> {
      if (again.getAndSet(true)) {
        Runtime.getRuntime().halt(INTERRUPTED);
      }
      Thread.ofPlatform().name("exit").start(() -> System.exit(INTERRUPTED));
    });
  }

  /// By reflection, since the compiler warns of the class although every JDK has it.
  private static void onInterrupt(Runnable action) {
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handler = Class.forName("sun.misc.SignalHandler");
      Object proxy =
          Proxy.newProxyInstance(
              Stop.class.getClassLoader(),
              new Class<?>[] {handler},
              (_, _, _) -> {
                action.run();
                return null;
              });
      signal
          .getMethod("handle", signal, handler)
          .invoke(null, signal.getConstructor(String.class).newInstance("INT"), proxy);
    } catch (ClassNotFoundException
        | NoSuchMethodException
        | InstantiationException
        | IllegalAccessException
        | InvocationTargetException e) {
      // Such a Java stops on the first Ctrl-C by itself and has no second.
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
