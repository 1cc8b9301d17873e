package io.terrarium.archivist;

import io.terrarium.kernel.crypto.Aead;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/// The part of each log that is not in the object store yet: encrypted chunks in a sorted set by
/// their offset, beside a hash of facts. Every change is one script that compares what its caller
/// has seen, so several archivists, and callers that repeat, do no harm.
final class LogTail {
  private static final Duration KEPT_AFTER_END = Duration.ofHours(1);
  private static final Duration KEPT = Duration.ofDays(2);

  /// The channel on which the names of logs are published that have grown or ended.
  static final String GROWN = "archivist:grown";

  private static final LuaScript APPEND =
      new LuaScript(
          """
          local length = tonumber(redis.call('HGET', KEYS[1], 'length') or '-1')
          local attempt = tonumber(redis.call('HGET', KEYS[1], 'attempt') or '0')
          if length ~= tonumber(ARGV[1]) or attempt > tonumber(ARGV[2]) then return 0 end
          if ARGV[4] ~= '' then redis.call('ZADD', KEYS[2], ARGV[1], ARGV[1] .. ':' .. ARGV[4]) end
          redis.call('HSET', KEYS[1], 'length', ARGV[1] + ARGV[3], 'attempt', ARGV[2],
                     'ended', ARGV[5])
          redis.call('PEXPIRE', KEYS[1], ARGV[6])
          redis.call('PEXPIRE', KEYS[2], ARGV[6])
          redis.call('PUBLISH', ARGV[7], ARGV[8])
          return 1
          """);

  private static final LuaScript CREATE =
      new LuaScript(
          """
          if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
          redis.call('HSET', KEYS[1], 'length', ARGV[1], 'flushed', ARGV[1], 'attempt', ARGV[2],
                     'ended', ARGV[3], 'key', ARGV[4])
          redis.call('PEXPIRE', KEYS[1], ARGV[5])
          return 1
          """);

  private static final LuaScript FLUSHED =
      new LuaScript(
          """
          if redis.call('HGET', KEYS[1], 'flushed') ~= ARGV[1] then return 0 end
          redis.call('HSET', KEYS[1], 'flushed', ARGV[2])
          redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', '(' .. ARGV[2])
          return 1
          """);

  private final Redis redis;
  private final DataKeys keys;

  LogTail(Redis redis, DataKeys keys) {
    this.redis = redis;
    this.keys = keys;
  }

  Optional<LogMeta> meta(String log) {
    List<Answer> fields =
        redis
            .call(Command.of("HMGET", hash(log), "attempt", "length", "flushed", "ended", "key"))
            .list();
    return fields.size() < 5 || fields.get(1).isNil()
        ? Optional.empty()
        : Optional.of(
            new LogMeta(
                (int) fields.get(0).number(),
                fields.get(1).number(),
                fields.get(2).number(),
                fields.get(3).text().equals("1"),
                fields.get(4).text()));
  }

  /// Begins a log, or goes on with one of which Redis knew nothing any more.
  void create(String log, LogMeta known) {
    redis.eval(
        CREATE,
        List.of(hash(log)),
        List.of(
            Long.toString(known.length()),
            Integer.toString(known.attempt()),
            known.ended() ? "1" : "0",
            keys.fresh().wrapped(),
            Long.toString(KEPT.toMillis())));
  }

  /// Adds `bytes` behind what was `seen`; false when another was faster.
  boolean append(String log, LogMeta seen, int attempt, byte[] bytes, boolean ended) {
    String sealed =
        bytes.length == 0
            ? ""
            : bytes.length
                + ":"
                + Base64.getEncoder()
                    .encodeToString(
                        Aead.AES_256_GCM.encrypt(keys.unwrap(seen.wrappedKey()), bytes));
    return redis
            .eval(
                APPEND,
                List.of(hash(log), chunks(log)),
                List.of(
                    Long.toString(seen.length()),
                    Integer.toString(attempt),
                    Integer.toString(bytes.length),
                    sealed,
                    ended ? "1" : "0",
                    Long.toString((ended ? KEPT_AFTER_END : KEPT).toMillis()),
                    GROWN,
                    log))
            .number()
        == 1;
  }

  /// All up to `to` is in the object store now.
  void flushed(String log, long from, long to) {
    redis.eval(
        FLUSHED, List.of(hash(log), chunks(log)), List.of(Long.toString(from), Long.toString(to)));
  }

  void delete(String log) {
    redis.call(Command.of("DEL", hash(log), chunks(log)));
  }

  /// Raw bytes from `offset` on, at most `most`; costs only the chunks that hold them.
  byte[] read(String log, LogMeta meta, long offset, long most) {
    List<Answer> first =
        redis
            .call(
                Command.of("ZREVRANGEBYSCORE", chunks(log))
                    .and(offset)
                    .and("-inf")
                    .and(List.of("LIMIT", "0", "1")))
            .list();
    List<Answer> rest =
        redis
            .call(
                Command.of("ZRANGEBYSCORE", chunks(log))
                    .and("(" + offset)
                    .and("(" + (offset + most)))
            .list();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] key = keys.unwrap(meta.wrappedKey());
    first.forEach(chunk -> copy(chunk.text(), key, offset, most, bytes));
    rest.forEach(chunk -> copy(chunk.text(), key, offset, most, bytes));
    return bytes.toByteArray();
  }

  private static void copy(
      String chunk, byte[] key, long offset, long most, ByteArrayOutputStream target) {
    String[] parts = chunk.split(":", 3);
    long start = Long.parseLong(parts[0]);
    int length = Integer.parseInt(parts[1]);
    if (start > offset + target.size()) {
      // What lies before has just gone to the object store; the reader asks again.
      return;
    }
    int from = (int) Math.max(0, offset - start);
    int count = (int) Math.min(length - from, most - target.size());
    if (from < length && count > 0) {
      try {
        byte[] clear = Aead.AES_256_GCM.decrypt(key, Base64.getDecoder().decode(parts[2]));
        target.write(clear, from, count);
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("a chunk of a log cannot be opened", e);
      }
    }
  }

  private static String hash(String log) {
    return "archivist:" + log;
  }

  private static String chunks(String log) {
    return "archivist:" + log + ":chunks";
  }
}
