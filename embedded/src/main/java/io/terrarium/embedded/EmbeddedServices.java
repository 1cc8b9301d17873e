package io.terrarium.embedded;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/// PostgreSQL, Redis, the AMQP broker and the S3 server, or those of them that are wanted: all of
/// these, or none. The last two run in this process, or are left to whoever gives them one of their
/// own.
public final class EmbeddedServices implements AutoCloseable {
  /// One of the four.
  public enum Part {
    POSTGRES,
    REDIS,
    BROKER,
    S3;

    /// As its progress is told of.
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private final RunningServices running;
  private final Optional<EmbeddedPostgres> postgres;
  private final Optional<EmbeddedRedis> redis;
  private final Optional<BrokerPlace> broker;
  private final Optional<S3Place> s3;

  private EmbeddedServices(DataDirectory data, Progress progress, Set<Part> parts, boolean apart) {
    running = new RunningServices(progress);
    broker = parts.contains(Part.BROKER) ? Optional.of(BrokerPlace.of(data)) : Optional.empty();
    s3 = parts.contains(Part.S3) ? Optional.of(S3Place.of(data)) : Optional.empty();
    Optional<CompletableFuture<EmbeddedPostgres>> startingPostgres =
        parts.contains(Part.POSTGRES)
            ? Optional.of(running.begin(Part.POSTGRES.wire(), () -> EmbeddedPostgres.start(data)))
            : Optional.empty();
    Optional<CompletableFuture<EmbeddedRedis>> startingRedis =
        parts.contains(Part.REDIS)
            ? Optional.of(running.begin(Part.REDIS.wire(), () -> EmbeddedRedis.start(data)))
            : Optional.empty();
    List<CompletableFuture<?>> starting = new ArrayList<>();
    startingPostgres.ifPresent(starting::add);
    startingRedis.ifPresent(starting::add);
    if (!apart) {
      broker.ifPresent(place ->
          starting.add(running.begin(Part.BROKER.wire(), () -> EmbeddedBroker.start(place))));
      s3.ifPresent(
          place -> starting.add(running.begin(Part.S3.wire(), () -> EmbeddedS3.start(place))));
    }
    running.await(starting.toArray(CompletableFuture[]::new));
    postgres = startingPostgres.map(CompletableFuture::join);
    redis = startingRedis.map(CompletableFuture::join);
  }

  /// Starts the four side by side and waits for them; if one fails, stops the others.
  public static EmbeddedServices start(DataDirectory data, Progress progress) {
    return start(data, progress, EnumSet.allOf(Part.class));
  }

  /// As [#start(DataDirectory, Progress)], of some of them.
  public static EmbeddedServices start(DataDirectory data, Progress progress, Set<Part> parts) {
    return new EmbeddedServices(data, progress, parts, false);
  }

  /// As [#start(DataDirectory, Progress)], without the broker and the S3 server, for which others
  /// start `EmbeddedBroker` and `EmbeddedS3` as programs.
  public static EmbeddedServices startWithoutPrograms(DataDirectory data, Progress progress) {
    return startWithoutPrograms(data, progress, EnumSet.allOf(Part.class));
  }

  /// As [#startWithoutPrograms(DataDirectory, Progress)], of some of them.
  public static EmbeddedServices startWithoutPrograms(
      DataDirectory data, Progress progress, Set<Part> parts) {
    return new EmbeddedServices(data, progress, parts, true);
  }

  public Optional<EmbeddedPostgres> postgres() {
    return postgres;
  }

  public Optional<EmbeddedRedis> redis() {
    return redis;
  }

  public Optional<BrokerPlace> broker() {
    return broker;
  }

  public Optional<S3Place> s3() {
    return s3;
  }

  /// Stops one of those that were started here; [#bringBack] starts it again, with the data and at
  /// the address that it had.
  public void takeAway(Part part) {
    running.takeAway(part.wire());
  }

  public void bringBack(Part part) {
    running.bringBack(part.wire());
  }

  /// Stops them, the last that came up first. The data directory stays open.
  @Override
  public void close() {
    running.close();
  }
}
