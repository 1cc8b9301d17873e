package io.terrarium.atlas.request;

import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import io.terrarium.kernel.redis.RedisFault;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Token buckets in Redis, one for all nodes. While Redis is away each node counts for itself, and
/// asks again after a moment instead of making every request wait.
public final class Buckets {
  private static final Logger log = LoggerFactory.getLogger(Buckets.class);
  private static final Duration AWAY = Duration.ofSeconds(2);

  // Redis' own clock, so that the nodes' clocks do not matter.
  private static final LuaScript TAKE =
      new LuaScript(
          """
          local limit = tonumber(ARGV[1])
          local period = tonumber(ARGV[2])
          local time = redis.call('TIME')
          local now = time[1] * 1000 + time[2] / 1000
          local bucket = redis.call('HMGET', KEYS[1], 'tokens', 'at')
          local tokens = tonumber(bucket[1]) or limit
          local at = tonumber(bucket[2]) or now
          tokens = math.min(limit, tokens + math.max(0, now - at) * limit / period)
          local taken = 0
          if tokens >= 1 then
            tokens = tokens - 1
            taken = 1
          end
          redis.call('HSET', KEYS[1], 'tokens', tostring(tokens), 'at', string.format('%.3f', now))
          redis.call('PEXPIRE', KEYS[1], 2 * period)
          return {taken, math.floor(tokens), math.ceil((limit - tokens) * period / limit)}
          """);

  private static final LuaScript GIVE_BACK =
      new LuaScript(
          """
          if redis.call('EXISTS', KEYS[1]) == 1 then
            redis.call('HINCRBYFLOAT', KEYS[1], 'tokens', 1)
          end
          return {}
          """);

  private final Redis redis;
  private final Clock clock;
  private final LocalBuckets local;
  private final AtomicReference<Instant> awayUntil = new AtomicReference<>(Instant.MIN);

  /// A bucket after something was taken, or not.
  ///
  /// @param resetMillis until it is full again
  public record Level(boolean taken, int remaining, long resetMillis) {}

  public Buckets(Redis redis, Clock clock) {
    this.redis = redis;
    this.clock = clock;
    this.local = new LocalBuckets(clock);
  }

  /// So many in a period, which come back little by little.
  public record Rate(int limit, Duration period) {
    static Rate perSecond(int limit) {
      return new Rate(limit, Duration.ofSeconds(1));
    }

    static Rate perMinute(int limit) {
      return new Rate(limit, Duration.ofMinutes(1));
    }
  }

  public Level take(String name, Rate rate) {
    if (awayUntil.get().isAfter(clock.instant())) {
      return local.take(name, rate);
    }
    try {
      List<Long> level =
          redis
              .eval(
                  TAKE,
                  List.of(key(name)),
                  List.of(Integer.toString(rate.limit()), Long.toString(rate.period().toMillis())))
              .list()
              .stream()
              .map(answer -> answer.number())
              .toList();
      return new Level(level.get(0) == 1, level.get(1).intValue(), level.get(2));
    } catch (RedisFault fault) {
      awayUntil.set(clock.instant().plus(AWAY));
      log.atWarn()
          .addKeyValue("error", fault.getMessage())
          .log("rate limits are counted by this node alone");
      return local.take(name, rate);
    }
  }

  /// As if the last had not been taken. What a node took by itself while Redis was away stays
  /// taken.
  void giveBack(String name) {
    try {
      redis.eval(GIVE_BACK, List.of(key(name)), List.of());
    } catch (RedisFault fault) {
      log.atWarn().addKeyValue("error", fault.getMessage()).log("a rate limit stays taken");
    }
  }

  private static String key(String name) {
    return "terrarium:rate:" + name;
  }
}
