package io.terrarium.kernel.client;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Hands what is added on in batches, off the caller's path. What is handed on here may be lost
/// when its receiver is away for long or the queue is full: it is for records of what happened,
/// never for work.
public final class Batches<T> implements AutoCloseable {
  private static final Logger log = LoggerFactory.getLogger(Batches.class);
  private static final int WAITING_MAX = 4096;
  private static final int BATCH_MAX = 256;
  private static final int TRIES = 5;
  private static final long RETRY_MILLIS = 500;

  /// What comes within it goes together: a run's dozens of hops would be a request each.
  private static final long GATHERING_MILLIS = 100;

  private static final Duration CLOSE_MAX = Duration.ofSeconds(2);

  private final BlockingQueue<Optional<T>> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
  private final Consumer<List<T>> receiver;
  private final Thread thread;
  private volatile boolean open = true;

  public Batches(String name, Consumer<List<T>> receiver) {
    this.receiver = receiver;
    thread = Thread.ofVirtual().name(name).start(this::run);
  }

  public void add(T item) {
    if (!waiting.offer(Optional.of(item))) {
      log.atDebug().log("batch queue is full, an item is dropped");
    }
  }

  private void run() {
    List<Optional<T>> taken = new ArrayList<>();
    while (open || !waiting.isEmpty()) {
      try {
        taken.add(waiting.take());
        if (open) {
          TimeUnit.MILLISECONDS.sleep(GATHERING_MILLIS);
        }
        waiting.drainTo(taken, BATCH_MAX - 1);
        List<T> batch = taken.stream().flatMap(Optional::stream).toList();
        if (!batch.isEmpty()) {
          deliver(batch);
        }
        taken.clear();
      } catch (InterruptedException e) {
        return;
      }
    }
  }

  private void deliver(List<T> batch) throws InterruptedException {
    for (int attempt = 1; ; attempt++) {
      try {
        receiver.accept(batch);
        return;
      } catch (RuntimeException e) {
        if (attempt == TRIES) {
          log.atWarn().addKeyValue("items", batch.size()).setCause(e).log("batch is given up");
          return;
        }
        TimeUnit.MILLISECONDS.sleep(RETRY_MILLIS * attempt);
      }
    }
  }

  /// Delivers what waits, for two seconds at most.
  @Override
  public void close() {
    open = false;
    // Wakes the thread if it waits; where there is no room for it, the thread does not wait.
    boolean _ = waiting.offer(Optional.empty());
    try {
      if (!thread.join(CLOSE_MAX)) {
        thread.interrupt();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
