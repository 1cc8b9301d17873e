package io.terrarium.buildworker.engine;

import io.terrarium.buildworker.fault.BuildFault;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// What a build does at the same time; all of it has ended when this is closed.
final class Alongside implements AutoCloseable {
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /// Work under way.
  record Work<T>(Future<T> future) {
    /// Its result, or the fault that it ended with.
    T result() throws InterruptedException {
      try {
        return future.get();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof BuildFault fault) {
          throw fault;
        }
        throw new BuildFault("The worker failed: " + e.getCause(), e);
      }
    }
  }

  <T> Work<T> start(Callable<T> work) {
    return new Work<>(threads.submit(work));
  }

  @Override
  public void close() {
    threads.close();
  }
}
