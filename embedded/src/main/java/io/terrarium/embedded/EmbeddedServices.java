package io.terrarium.embedded;

import java.util.concurrent.CompletableFuture;

/// PostgreSQL, Redis, the AMQP broker and the S3 server: all of them, or none. The last two run in
/// this process, or are left to whoever gives them one of their own.
public final class EmbeddedServices implements AutoCloseable {
  private final RunningServices running;
  private final EmbeddedPostgres postgres;
  private final EmbeddedRedis redis;
  private final BrokerPlace broker;
  private final S3Place s3;

  private EmbeddedServices(
      RunningServices running,
      EmbeddedPostgres postgres,
      EmbeddedRedis redis,
      BrokerPlace broker,
      S3Place s3) {
    this.running = running;
    this.postgres = postgres;
    this.redis = redis;
    this.broker = broker;
    this.s3 = s3;
  }

  /// Starts the four side by side and waits for them; if one fails, stops the others.
  public static EmbeddedServices start(DataDirectory data, Progress progress) {
    return start(data, progress, false);
  }

  /// As [#start(DataDirectory, Progress)], without the broker and the S3 server, for which others
  /// start `EmbeddedBroker` and `EmbeddedS3` as programs.
  public static EmbeddedServices startWithoutPrograms(DataDirectory data, Progress progress) {
    return start(data, progress, true);
  }

  private static EmbeddedServices start(DataDirectory data, Progress progress, boolean apart) {
    RunningServices running = new RunningServices(progress);
    BrokerPlace broker = BrokerPlace.of(data);
    S3Place s3 = S3Place.of(data);
    CompletableFuture<EmbeddedPostgres> postgres =
        running.begin("postgres", () -> EmbeddedPostgres.start(data));
    CompletableFuture<EmbeddedRedis> redis =
        running.begin("redis", () -> EmbeddedRedis.start(data));
    if (apart) {
      running.await(postgres, redis);
    } else {
      running.await(
          postgres,
          redis,
          running.begin("broker", () -> EmbeddedBroker.start(broker)),
          running.begin("s3", () -> EmbeddedS3.start(s3)));
    }
    return new EmbeddedServices(running, postgres.join(), redis.join(), broker, s3);
  }

  public EmbeddedPostgres postgres() {
    return postgres;
  }

  public EmbeddedRedis redis() {
    return redis;
  }

  public BrokerPlace broker() {
    return broker;
  }

  public S3Place s3() {
    return s3;
  }

  /// Stops them, the last that came up first. The data directory stays open.
  @Override
  public void close() {
    running.close();
  }
}
