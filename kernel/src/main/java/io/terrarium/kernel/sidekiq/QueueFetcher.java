package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.DedicatedRedis;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// Takes jobs of one queue into the private list, one whenever a slot is free, and has each done on
/// a virtual thread of its own.
final class QueueFetcher {
  /// Short enough that a half-open connection cannot take a job long after it was given up.
  private static final Duration WAIT = Duration.ofSeconds(2);

  private static final Duration SLOT_WAIT = Duration.ofMillis(200);

  private final Redis redis;
  private final Outage outage;
  private final String queue;
  private final String privateList;
  private final Semaphore slots;
  private final Worker worker;
  private final Thread thread;
  private volatile boolean isQuiet;
  private volatile @Nullable DedicatedRedis connection;

  QueueFetcher(
      Redis redis, Outage outage, String queue, String privateList, int slots, Worker worker) {
    this.redis = redis;
    this.outage = outage;
    this.queue = queue;
    this.privateList = privateList;
    this.slots = new Semaphore(slots);
    this.worker = worker;
    thread = Thread.ofVirtual().name("sidekiq-fetch-" + queue).unstarted(this::run);
  }

  void start() {
    thread.start();
  }

  /// Takes nothing new from now on; returns when that is so.
  void quiet() throws InterruptedException {
    isQuiet = true;
    DedicatedRedis waiting = connection;
    while (thread.isAlive() && waiting != null && !thread.join(Duration.ofMillis(20))) {
      unblock(waiting);
    }
    thread.interrupt();
    thread.join();
  }

  private void unblock(DedicatedRedis waiting) throws InterruptedException {
    try {
      redis.call(Command.of("CLIENT", "UNBLOCK").and(waiting.id()));
    } catch (RedisFault fault) {
      // Redis is away: the wait ends by its own time, and no job can be taken meanwhile.
      thread.join(WAIT);
    }
  }

  private void run() {
    while (!isQuiet) {
      if (!outage.outlast(this::fetch, () -> isQuiet)) {
        return;
      }
    }
  }

  /// Until quiet; a fault ends it, and with it the connection.
  private void fetch() {
    try (DedicatedRedis own = redis.dedicated()) {
      connection = own;
      outage.ended();
      while (!isQuiet && acquireSlot()) {
        take(own);
      }
    } finally {
      connection = null;
    }
  }

  private boolean acquireSlot() {
    try {
      while (!isQuiet) {
        if (slots.tryAcquire(SLOT_WAIT.toMillis(), TimeUnit.MILLISECONDS)) {
          return true;
        }
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private void take(DedicatedRedis own) {
    boolean isTaken = false;
    try {
      Optional<String> payload =
          isQuiet ? Optional.empty() : own.moveOldest(SidekiqKeys.queue(queue), privateList, WAIT);
      isTaken = payload.isPresent();
      payload.ifPresent(this::begin);
    } finally {
      if (!isTaken) {
        slots.release();
      }
    }
  }

  private void begin(String payload) {
    worker.begin(queue, payload, slots::release);
  }

  /// Has each job done on a thread of its own.
  interface Worker {
    /// The job is in hand when this returns, so that who waits for the end of all jobs waits for
    /// it.
    ///
    /// @param ended called when its slot is free
    void begin(String queue, String payload, Runnable ended);
  }
}
