package io.terrarium.terrarium;

import io.terrarium.embedded.ChildCommand;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A program in a process of its own. One that ends before it ever answered has failed; one that
/// dies later is started again after a pause, which grows while it keeps dying.
final class SupervisedProgram implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(SupervisedProgram.class);
  private static final Duration ANSWER_MAX = Duration.ofSeconds(60);
  private static final long LOOK_MILLIS = 250;
  private static final Duration PAUSE_MIN = Duration.ofMillis(500);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  // Long enough to have started: what ends later was killed, or fails at something rare.
  private static final Duration SETTLED = Duration.ofSeconds(5);
  // Longer than any service takes to stop: the build-worker waits 40 s for its builds, then for its
  // connections.
  private static final long STOP_SECONDS_MAX = 70;

  private final String name;
  private final Callable<Process> launch;
  private final Path output;
  private final BootProgress progress;
  private final CountDownLatch closed = new CountDownLatch(1);
  private @Nullable Process process;

  /// @param launch starts a process of it
  /// @param output file that its output goes to
  SupervisedProgram(String name, Callable<Process> launch, Path output, BootProgress progress) {
    this.name = name;
    this.launch = launch;
    this.output = output;
    this.progress = progress;
  }

  synchronized long pid() {
    return process == null ? 0 : process.pid();
  }

  /// Starts it, and returns when it answers.
  void start(BooleanSupplier answers) {
    Process first = launched();
    awaitAnswer(first, answers);
    Thread.ofVirtual().name("supervise-" + name).start(() -> supervise(first));
  }

  private synchronized Process launched() {
    if (closed.getCount() == 0) {
      throw new MeshFault(name + " is stopped");
    }
    try {
      process = launch.call();
      return process;
    } catch (Exception e) {
      throw new MeshFault(name + " cannot be started: " + e.getMessage(), e);
    }
  }

  private void awaitAnswer(Process first, BooleanSupplier answers) {
    long begin = System.nanoTime();
    while (!answers.getAsBoolean()) {
      if (!first.isAlive()) {
        throw new MeshFault(
            "%s does not start: %s (all of it in %s)"
                .formatted(name, ChildCommand.lastLine(output), output));
      }
      if (System.nanoTime() - begin > ANSWER_MAX.toNanos()) {
        throw new MeshFault(name + " does not answer; its log is " + output);
      }
      if (isClosedWithin(LOOK_MILLIS)) {
        throw new MeshFault(name + " was stopped while it started");
      }
    }
  }

  private void supervise(Process first) {
    Process running = first;
    Duration pause = Duration.ZERO;
    while (true) {
      long begin = System.nanoTime();
      int exit = running.onExit().join().exitValue();
      pause = pauseAfter(pause, Duration.ofNanos(System.nanoTime() - begin));
      if (isClosedWithin(pause.toMillis())) {
        return;
      }
      log.atWarn()
          .addKeyValue("service", name)
          .addKeyValue("exit", exit)
          .addKeyValue("pause_millis", pause.toMillis())
          .log("service died and is started again");
      progress.on(name, "RESTARTED", 0);
      try {
        running = launched();
      } catch (MeshFault e) {
        if (closed.getCount() > 0) {
          log.atError().setCause(e).addKeyValue("service", name).log("it stays down");
          progress.on(name, "FAILED", 0);
        }
        return;
      }
    }
  }

  /// Twice the pause before, unless the process had come to its work.
  static Duration pauseAfter(Duration before, Duration lived) {
    if (before.isZero() || lived.compareTo(SETTLED) > 0) {
      return PAUSE_MIN;
    }
    Duration twice = before.multipliedBy(2);
    return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
  }

  private boolean isClosedWithin(long millis) {
    try {
      return closed.await(millis, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /// Closing its pipe tells a service to end in good order.
  @Override
  public void close() {
    Process last;
    synchronized (this) {
      closed.countDown();
      last = process;
    }
    if (last == null) {
      return;
    }
    try {
      last.getOutputStream().close();
      if (!last.waitFor(STOP_SECONDS_MAX, TimeUnit.SECONDS)) {
        log.atWarn().addKeyValue("service", name).log("it did not end in time and is killed");
        last.destroyForcibly();
      }
    } catch (IOException e) {
      last.destroy();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      last.destroyForcibly();
    }
  }
}
