package io.terrarium.terrarium;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/// Steps of a start that run side by side.
final class Boot {
  private final BootProgress progress;

  Boot(BootProgress progress) {
    this.progress = progress;
  }

  record Step(String name, Runnable work) {}

  Step step(String name, Runnable work) {
    return new Step(name, work);
  }

  /// Runs all of them and waits for all; the first failure is thrown.
  void inParallel(List<Step> steps) {
    List<CompletableFuture<Void>> running = steps.stream().map(this::begin).toList();
    RuntimeException failure = null;
    for (CompletableFuture<Void> step : running) {
      try {
        step.join();
      } catch (CompletionException e) {
        if (failure == null) {
          failure = e.getCause() instanceof RuntimeException cause ? cause : e;
        }
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  private CompletableFuture<Void> begin(Step step) {
    CompletableFuture<Void> done = new CompletableFuture<>();
    Thread.ofPlatform()
        .name("start-" + step.name())
        .start(() -> {
          try {
            progress.timed(
                step.name(),
                () -> {
                  step.work().run();
                  return step;
                });
            done.complete(null);
          } catch (RuntimeException | Error e) {
            done.completeExceptionally(e);
          }
        });
    return done;
  }
}
