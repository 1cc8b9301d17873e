package io.terrarium.embedded;

import io.terrarium.embedded.Progress.State;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Brings services up side by side and remembers in which order they must go down.
final class RunningServices implements AutoCloseable {
  /// @param handle null while it is taken away
  private record Service(
      String name, Supplier<? extends AutoCloseable> start, @Nullable AutoCloseable handle) {}

  private final Progress progress;
  private final ExecutorService threads =
      Executors.newCachedThreadPool(Thread.ofPlatform().name("embedded-start-", 0).factory());
  private final LinkedHashMap<String, Service> running = new LinkedHashMap<>();

  RunningServices(Progress progress) {
    this.progress = progress;
  }

  <T extends AutoCloseable> CompletableFuture<T> begin(String name, Supplier<T> start) {
    return CompletableFuture.supplyAsync(() -> bringUp(name, start), threads);
  }

  /// Waits for all of them, whatever becomes of each, and fails if any did.
  void await(CompletableFuture<?>... starts) {
    threads.shutdown();
    try {
      CompletableFuture.allOf(starts).join();
    } catch (CompletionException e) {
      EmbeddedFault fault =
          e.getCause() instanceof EmbeddedFault known
              ? known
              : new EmbeddedFault("a local service did not start: " + e.getCause(), e);
      closeAfter(fault);
      throw fault;
    }
  }

  @Override
  public void close() {
    @Nullable EmbeddedFault failure = null;
    for (Service service = takeLast(); service != null; service = takeLast()) {
      try {
        takeDown(service);
      } catch (Exception e) {
        failure =
            failure == null ? new EmbeddedFault(service.name() + " did not stop", e) : failure;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private <T extends AutoCloseable> T bringUp(String name, Supplier<T> start) {
    long begun = System.nanoTime();
    progress.on(name, State.STARTING, 0);
    try {
      T service = start.get();
      synchronized (running) {
        running.put(name, new Service(name, start, service));
      }
      progress.on(name, State.READY, millisSince(begun));
      return service;
    } catch (RuntimeException e) {
      progress.on(name, State.FAILED, millisSince(begun));
      throw e;
    }
  }

  /// Stops one of them for a while.
  void takeAway(String name) {
    Service service = named(name);
    try {
      takeDown(service);
    } catch (Exception e) {
      throw new EmbeddedFault(name + " did not stop", e);
    }
    synchronized (running) {
      running.replace(name, new Service(name, service.start(), null));
    }
  }

  /// Starts it as it was started first. Those that came up later still go down before it.
  void bringBack(String name) {
    bringUp(name, named(name).start());
  }

  private Service named(String name) {
    synchronized (running) {
      Service service = running.get(name);
      if (service == null) {
        throw new IllegalArgumentException("no " + name + " is here");
      }
      return service;
    }
  }

  private void takeDown(Service service) throws Exception {
    AutoCloseable handle = service.handle();
    if (handle == null) {
      return;
    }
    long begun = System.nanoTime();
    handle.close();
    progress.on(service.name(), State.STOPPED, millisSince(begun));
  }

  private void closeAfter(EmbeddedFault fault) {
    try {
      close();
    } catch (EmbeddedFault alsoFailed) {
      fault.addSuppressed(alsoFailed);
    }
  }

  private @Nullable Service takeLast() {
    synchronized (running) {
      Map.Entry<String, Service> last = running.pollLastEntry();
      return last == null ? null : last.getValue();
    }
  }

  private static long millisSince(long begun) {
    return Duration.ofNanos(System.nanoTime() - begun).toMillis();
  }
}
