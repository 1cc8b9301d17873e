package io.terrarium.embedded;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Starts a local server again when it dies without having been told to, on the same port and the
/// same data, so that whoever talks to it only has to reconnect. A start that fails is tried again
/// after a pause that grows: after a `kill -9` PostgreSQL's own children hold its memory for a
/// moment.
final class ServerWatch implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(ServerWatch.class);
  private static final Duration PAUSE_MIN = Duration.ofMillis(250);
  private static final Duration PAUSE_MAX = Duration.ofSeconds(30);
  private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

  private final String name;
  private final Supplier<Optional<ProcessHandle>> server;
  private final Runnable start;
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  /// @param server the process that runs now, if any does
  /// @param start starts it, and throws when it does not come up
  private ServerWatch(String name, Supplier<Optional<ProcessHandle>> server, Runnable start) {
    this.name = name;
    this.server = server;
    this.start = start;
  }

  static ServerWatch begin(String name, Supplier<Optional<ProcessHandle>> server, Runnable start) {
    ServerWatch watch = new ServerWatch(name, server, start);
    Thread.ofVirtual().name("watch-" + name).start(watch::watch);
    return watch;
  }

  private void watch() {
    Duration pause = PAUSE_MIN;
    while (!closed.isDone()) {
      Optional<ProcessHandle> running = server.get();
      if (running.isPresent()) {
        awaitEnd(running.get());
        pause = PAUSE_MIN;
      }
      if (isDoneWithin(pause, closed)) {
        return;
      }
      pause = revived() ? PAUSE_MIN : longer(pause);
    }
  }

  // A dead process counts as one that runs until its parent looks, and in a container that has no
  // init nobody ever does: so the server is looked for now and then as well.
  private void awaitEnd(ProcessHandle running) {
    CompletableFuture<?> end = CompletableFuture.anyOf(running.onExit(), closed);
    while (!isDoneWithin(LOOK_EVERY, end) && server.get().isPresent()) {}
  }

  /// Nothing is started once it is closed, and what is being started is awaited by who closes.
  private synchronized boolean revived() {
    if (closed.isDone()) {
      return true;
    }
    log.atWarn().addKeyValue("server", name).log("local server died and is started again");
    try {
      start.run();
      return true;
    } catch (EmbeddedFault fault) {
      log.atWarn()
          .addKeyValue("server", name)
          .addKeyValue("error", fault.getMessage())
          .log("local server does not start yet");
      return false;
    }
  }

  private static Duration longer(Duration pause) {
    Duration twice = pause.multipliedBy(2);
    return twice.compareTo(PAUSE_MAX) < 0 ? twice : PAUSE_MAX;
  }

  private static boolean isDoneWithin(Duration pause, CompletableFuture<?> future) {
    try {
      future.get(pause.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    } catch (ExecutionException e) {
      throw new IllegalStateException("it is only ever completed", e);
    }
  }

  /// From now on the server may end.
  @Override
  public synchronized void close() {
    closed.complete(null);
  }
}
