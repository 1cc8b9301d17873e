package io.terrarium.kernel.runtime;

import io.terrarium.kernel.id.Ids;
import io.terrarium.kernel.metrics.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.time.Clock;
import java.util.concurrent.TimeUnit;

/// What all services of one process share: one Vert.x, the clock, the source of ids, and what is
/// counted.
public final class Platform implements AutoCloseable {
  private static final int EVENT_LOOPS = 2;
  private static final long STOP_SECONDS = 10;

  private final Vertx vertx;
  private final Clock clock;
  private final Ids ids;
  private final Metrics metrics = new Metrics(Release.VERSION);

  private Platform(Vertx vertx, Clock clock, Ids ids) {
    this.vertx = vertx;
    this.clock = clock;
    this.ids = ids;
  }

  public static Platform start() {
    return start(Clock.systemUTC(), Ids.random());
  }

  /// With a clock and a source of ids of one's own, for tests that compare documents.
  public static Platform start(Clock clock, Ids ids) {
    VertxOptions options =
        new VertxOptions()
            .setEventLoopPoolSize(EVENT_LOOPS)
            .setWorkerPoolSize(4)
            .setInternalBlockingPoolSize(4)
            .setPreferNativeTransport(false);
    options.getFileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false);
    return new Platform(Vertx.vertx(options), clock, ids);
  }

  public Vertx vertx() {
    return vertx;
  }

  public Clock clock() {
    return clock;
  }

  public Ids ids() {
    return ids;
  }

  public Metrics metrics() {
    return metrics;
  }

  @Override
  public void close() {
    metrics.close();
    vertx
        .close()
        .toCompletionStage()
        .toCompletableFuture()
        .orTimeout(STOP_SECONDS, TimeUnit.SECONDS)
        .join();
  }
}
