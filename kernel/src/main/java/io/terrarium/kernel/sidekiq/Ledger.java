package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// Where a job goes when it leaves the private list of the process that had it. Each move is one
/// step of Redis, and does nothing when another process has taken the job back meanwhile.
final class Ledger {
  static final int DEAD_MAX = 10_000;
  static final Duration DEAD_LIFE = Duration.ofDays(180);

  private static final LuaScript RETRY =
      new LuaScript(
          """
          if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
          redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
          return 1
          """);

  private static final LuaScript BURY =
      new LuaScript(
          """
          if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
          redis.call('ZADD', KEYS[2], ARGV[2], ARGV[3])
          redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', ARGV[4])
          redis.call('ZREMRANGEBYRANK', KEYS[2], 0, -ARGV[5] - 1)
          return 1
          """);

  private static final LuaScript PUT_BACK =
      new LuaScript(
          """
          if redis.call('LREM', KEYS[1], 1, ARGV[1]) == 0 then return 0 end
          redis.call('RPUSH', KEYS[2], ARGV[1])
          redis.call('SADD', KEYS[3], ARGV[2])
          return 1
          """);

  private final Redis redis;
  private final String identity;

  Ledger(Redis redis, String identity) {
    this.redis = redis;
    this.identity = identity;
  }

  String privateList(String queue) {
    return SidekiqKeys.privateList(identity, queue);
  }

  /// What lies in the private list, the job taken last first.
  List<String> taken(String queue) {
    return redis.call(Command.of("LRANGE", privateList(queue), "0", "-1")).texts();
  }

  void done(String queue, String payload) {
    redis.call(Command.of("LREM", privateList(queue), "1", payload));
  }

  void retry(String queue, String payload, SidekiqJob job, Instant time) {
    redis.eval(
        RETRY,
        List.of(privateList(queue), SidekiqKeys.RETRY),
        List.of(payload, EpochSeconds.text(time), SidekiqCodec.write(job)));
  }

  void bury(String queue, String payload, SidekiqJob job, Instant now) {
    bury(queue, payload, SidekiqCodec.write(job), now);
  }

  /// A payload that is no job: kept within one that Sidekiq's tools can show, with the reason.
  void buryMalformed(String queue, String payload, MalformedJobException reason, Instant now) {
    ObjectNode json = malformed(queue, payload, reason, now);
    bury(queue, payload, SidekiqCodec.text(json), now);
  }

  static ObjectNode malformed(
      String queue, String payload, MalformedJobException reason, Instant now) {
    ObjectNode json = SidekiqCodec.MAPPER.createObjectNode();
    json.put("class", "Malformed").set("args", SidekiqCodec.array(List.of(payload)));
    json.put(
        "jid", "malformed-" + Integer.toHexString(payload.hashCode()) + "-" + now.toEpochMilli());
    json.put("queue", queue).put("retry", false).set("created_at", EpochSeconds.node(now));
    json.set("failed_at", EpochSeconds.node(now));
    json.put("error_class", MalformedJobException.class.getName());
    json.put("error_message", reason.getMessage());
    return json;
  }

  /// Returns it to the end of the queue from which it is taken next.
  void putBack(String queue, String payload) {
    redis.eval(
        PUT_BACK,
        List.of(privateList(queue), SidekiqKeys.queue(queue), SidekiqKeys.QUEUES),
        List.of(payload, queue));
  }

  private void bury(String queue, String payload, String dead, Instant now) {
    redis.eval(
        BURY,
        List.of(privateList(queue), SidekiqKeys.DEAD),
        List.of(
            payload,
            EpochSeconds.text(now),
            dead,
            EpochSeconds.text(now.minus(DEAD_LIFE)),
            Integer.toString(DEAD_MAX)));
  }
}
