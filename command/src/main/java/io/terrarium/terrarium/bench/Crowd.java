package io.terrarium.terrarium.bench;

import io.terrarium.terrarium.MeshFault;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntConsumer;

/// Clients that act at the same time, each in a thread of its own.
final class Crowd {
  private Crowd() {}

  /// Returns when all are done; the first failure is thrown.
  static void act(int count, IntConsumer work) {
    act(Thread.ofPlatform().daemon(), count, work);
  }

  /// The same for clients that do little but wait.
  static void watch(int count, IntConsumer work) {
    act(Thread.ofVirtual(), count, work);
  }

  private static void act(Thread.Builder threads, int count, IntConsumer work) {
    List<CompletableFuture<Void>> all = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      int number = i;
      CompletableFuture<Void> done = new CompletableFuture<>();
      all.add(done);
      threads
          .name("client-" + i)
          .start(() -> {
            try {
              work.accept(number);
              done.complete(null);
            } catch (RuntimeException | Error e) {
              done.completeExceptionally(e);
            }
          });
    }
    try {
      CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof MeshFault fault
          ? fault
          : new MeshFault("a client of the bench failed: " + e.getCause(), e);
    }
  }
}
