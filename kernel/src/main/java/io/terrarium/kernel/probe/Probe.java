package io.terrarium.kernel.probe;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One look at something that may hang: all who ask meanwhile share it, and each waits only as long
/// as it wants to. So a thing that hangs costs one thread, however often it is asked for.
public final class Probe<T> {
  private final Supplier<T> look;
  private @Nullable Look<T> underWay;

  public Probe(Supplier<T> look) {
    this.look = look;
  }

  /// Begins to look, unless a look is under way.
  public synchronized Look<T> begin() {
    Look<T> last = underWay;
    if (last == null || last.found.isDone()) {
      last = new Look<>(new CompletableFuture<>());
      underWay = last;
      CompletableFuture<T> found = last.found;
      Thread.ofVirtual().name("probe").start(() -> complete(found));
    }
    return last;
  }

  private void complete(CompletableFuture<T> found) {
    try {
      found.complete(look.get());
    } catch (RuntimeException | Error e) {
      found.completeExceptionally(e);
    }
  }

  /// A look that is under way, or has ended.
  public static final class Look<T> {
    private final CompletableFuture<T> found;
    private final long beganNanos = System.nanoTime();

    private Look(CompletableFuture<T> found) {
      this.found = found;
    }

    /// What was found; empty when that takes longer than `patience` from now.
    ///
    /// @throws IllegalStateException with what the look itself failed by
    public Optional<T> within(Duration patience) {
      try {
        return Optional.of(found.get(Math.max(0, patience.toNanos()), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException(String.valueOf(e.getCause()), e.getCause());
      }
    }

    /// For how long it has been looking.
    public Duration age() {
      return Duration.ofNanos(System.nanoTime() - beganNanos);
    }
  }
}
