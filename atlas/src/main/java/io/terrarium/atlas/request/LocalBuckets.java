package io.terrarium.atlas.request;

import java.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Token buckets of this process.
final class LocalBuckets {
  private static final int BUCKETS_MAX = 10_000;

  private final Clock clock;
  private final Map<String, Bucket> buckets = new ConcurrentHashMap<>();

  private record Bucket(double tokens, long atMillis, boolean taken) {}

  LocalBuckets(Clock clock) {
    this.clock = clock;
  }

  Buckets.Level take(String name, Buckets.Rate rate) {
    int limit = rate.limit();
    double period = rate.period().toMillis();
    if (buckets.size() >= BUCKETS_MAX) {
      buckets.clear();
    }
    long now = clock.millis();
    Bucket after =
        buckets.compute(
            name,
            (_, before) -> {
              double tokens =
                  before == null
                      ? limit
                      : Math.min(
                          limit,
                          before.tokens() + Math.max(0, now - before.atMillis()) * limit / period);
              return tokens >= 1
                  ? new Bucket(tokens - 1, now, true)
                  : new Bucket(tokens, now, false);
            });
    long reset = (long) Math.ceil((limit - after.tokens()) * period / limit);
    return new Buckets.Level(after.taken(), (int) after.tokens(), reset);
  }
}
