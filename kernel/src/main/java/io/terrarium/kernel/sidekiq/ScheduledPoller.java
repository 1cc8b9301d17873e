package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/// Moves jobs from `schedule` and `retry` to their queues when their time has come, and sleeps
/// until the next one's.
final class ScheduledPoller {
  private static final int BATCH = 100;
  private static final Duration SHORTEST_SLEEP = Duration.ofMillis(5);

  private static final LuaScript MOVE =
      new LuaScript(
          """
          if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
          redis.call('SADD', KEYS[2], ARGV[2])
          redis.call('LPUSH', KEYS[3], ARGV[3])
          return 1
          """);

  private static final LuaScript BURY =
      new LuaScript(
          """
          if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
          redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
          return 1
          """);

  private final Redis redis;
  private final SidekiqOptions options;
  private final Semaphore news = new Semaphore(0);

  ScheduledPoller(Redis redis, SidekiqOptions options) {
    this.redis = redis;
    this.options = options;
  }

  /// Looks again at once, since a job was scheduled.
  void wake() {
    news.release();
  }

  /// Moves all that is due.
  void poll() {
    poll(SidekiqKeys.SCHEDULE);
    poll(SidekiqKeys.RETRY);
  }

  /// Until the next job is due, at most the poll interval.
  void sleep() throws InterruptedException {
    news.drainPermits();
    Duration left = options.poll();
    for (String set : List.of(SidekiqKeys.SCHEDULE, SidekiqKeys.RETRY)) {
      Duration wait = untilNext(set);
      left = wait.compareTo(left) < 0 ? wait : left;
    }
    rest(left);
  }

  void rest(Duration time) throws InterruptedException {
    Duration rest = time.compareTo(SHORTEST_SLEEP) < 0 ? SHORTEST_SLEEP : time;
    if (news.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS)) {
      news.drainPermits();
    }
  }

  private Duration untilNext(String set) {
    List<Answer> first = redis.call(Command.of("ZRANGE", set, "0", "0")).list();
    if (first.isEmpty()) {
      return options.poll();
    }
    double score = redis.call(Command.of("ZSCORE", set, first.getFirst().text())).decimal();
    Instant due = Instant.ofEpochMilli((long) Math.ceil(score * 1_000));
    return Duration.between(options.clock().instant(), due);
  }

  private void poll(String set) {
    List<String> due;
    do {
      String now = EpochSeconds.text(options.clock().instant());
      Command find = Command.of("ZRANGEBYSCORE", set, "-inf", now, "LIMIT", "0").and(BATCH);
      due = redis.call(find).texts();
      due.forEach(payload -> move(set, payload));
    } while (due.size() == BATCH);
  }

  private void move(String set, String payload) {
    Instant now = options.clock().instant();
    try {
      SidekiqJob job = SidekiqCodec.read(payload).with("enqueued_at", EpochSeconds.node(now));
      redis.eval(
          MOVE,
          List.of(set, SidekiqKeys.QUEUES, SidekiqKeys.queue(job.queue())),
          List.of(payload, job.queue(), SidekiqCodec.write(job)));
    } catch (MalformedJobException e) {
      String dead = SidekiqCodec.text(Ledger.malformed("default", payload, e, now));
      redis.eval(
          BURY, List.of(set, SidekiqKeys.DEAD), List.of(payload, EpochSeconds.text(now), dead));
    }
  }
}
