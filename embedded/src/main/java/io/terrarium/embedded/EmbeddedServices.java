package io.terrarium.embedded;

import java.util.concurrent.CompletableFuture;

/// PostgreSQL, Redis, the AMQP broker and the S3 server: all of them, or none.
public final class EmbeddedServices implements AutoCloseable {
  private final RunningServices running;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private final EmbeddedBroker broker;
  private final EmbeddedS3 s3;

  private EmbeddedServices(
      RunningServices running,
      EmbeddedPostgres postgres,
      EmbeddedRedis redis,
      EmbeddedBroker broker,
      EmbeddedS3 s3) {
    this.running = running;
    this.postgres = postgres;
    this.redis = redis;
    this.broker = broker;
    this.s3 = s3;
  }

  /// Starts the four side by side and waits for them; if one fails, stops the others.
  public static EmbeddedServices start(DataDirectory data, Progress progress) {
    RunningServices running = new RunningServices(progress);
    CompletableFuture<EmbeddedPostgres> postgres =
        running.begin("postgres", () -> EmbeddedPostgres.start(data));
    CompletableFuture<EmbeddedRedis> redis =
        running.begin("redis", () -> EmbeddedRedis.start(data));
    CompletableFuture<EmbeddedBroker> broker =
        running.begin("broker", () -> EmbeddedBroker.start(data));
    CompletableFuture<EmbeddedS3> s3 = running.begin("s3", () -> EmbeddedS3.start(data));
    running.await(postgres, redis, broker, s3);
    return new EmbeddedServices(running, postgres.join(), redis.join(), broker.join(), s3.join());
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  public EmbeddedBroker broker() {
    return broker;
  }

  public EmbeddedS3 s3() {
    return s3;
  }

  /// Stops them, the last that came up first. The data directory stays open.
  @Override
  public void close() {
    running.close();
  }
}
