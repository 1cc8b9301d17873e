package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One of Sidekiq's sorted sets of jobs, as its own web page shows them. What moves a job does so
/// in one step, and only while it is still where it was seen, so that two who press a button at
/// once move it once.
public final class JobSet {
  private static final LuaScript ENQUEUE =
      new LuaScript(
          """
          if redis.call('ZREM', KEYS[1], ARGV[1]) == 0 then return 0 end
          redis.call('SADD', KEYS[2], ARGV[2])
          redis.call('LPUSH', KEYS[3], ARGV[1])
          return 1
          """);

  // Within a script a member and its score stand side by side, whatever the connection speaks.
  private static final LuaScript LIST =
      new LuaScript(
          """
          return {redis.call('ZCARD', KEYS[1]),
                  redis.call(ARGV[1], KEYS[1], ARGV[2], ARGV[3], 'WITHSCORES')}
          """);

  private final Redis redis;
  private final Kind kind;

  /// Which of them.
  public enum Kind {
    SCHEDULED(SidekiqKeys.SCHEDULE),
    RETRIES(SidekiqKeys.RETRY),
    DEAD(SidekiqKeys.DEAD);

    private final String key;

    Kind(String key) {
      this.key = key;
    }
  }

  /// A job of the set.
  ///
  /// @param at when its turn is, or when it died
  /// @param error what it failed with, "" where it has not
  public record Entry(
      String id,
      String type,
      String queue,
      String arguments,
      Instant at,
      int failures,
      String error) {}

  /// @param total in the whole set
  public record Part(List<Entry> entries, long total) {}

  private record Found(String payload, SidekiqJob job) {}

  public JobSet(Redis redis, Kind kind) {
    this.redis = redis;
    this.kind = kind;
  }

  /// Those of a page; what is due first, and of the dead the latest, comes first.
  public Part list(long offset, int count) {
    String command = kind == Kind.DEAD ? "ZREVRANGE" : "ZRANGE";
    List<Answer> answers =
        redis
            .eval(
                LIST,
                List.of(kind.key),
                List.of(command, Long.toString(offset), Long.toString(offset + count - 1)))
            .list();
    List<String> found = answers.get(1).texts();
    List<Entry> entries = new ArrayList<>();
    for (int i = 0; i + 1 < found.size(); i += 2) {
      Instant at = EpochSeconds.instant(new BigDecimal(found.get(i + 1)));
      read(found.get(i)).ifPresent(job -> entries.add(entry(job, at)));
    }
    return new Part(List.copyOf(entries), answers.get(0).number());
  }

  /// Puts a job back into its queue; false when it is not here any more.
  public boolean enqueue(String id) {
    return find(id)
        .filter(found ->
            redis
                    .eval(
                        ENQUEUE,
                        List.of(
                            kind.key, SidekiqKeys.QUEUES, SidekiqKeys.queue(found.job().queue())),
                        List.of(found.payload(), found.job().queue()))
                    .number()
                == 1)
        .isPresent();
  }

  /// Forgets a job; false when it is not here any more.
  public boolean delete(String id) {
    return find(id)
        .filter(found -> redis.call(Command.of("ZREM", kind.key, found.payload())).number() == 1)
        .isPresent();
  }

  /// Sidekiq finds jobs in the same way: a set is walked through, and the dead are some thousands
  /// at most.
  private Optional<Found> find(String id) {
    return redis.call(Command.of("ZRANGE", kind.key).and(0).and(-1)).texts().stream()
        .flatMap(payload -> read(payload).map(job -> new Found(payload, job)).stream())
        .filter(found -> found.job().jid().equals(id))
        .findFirst();
  }

  /// What is not a job is shown by nobody, and stays.
  private static Optional<SidekiqJob> read(String payload) {
    try {
      return Optional.of(SidekiqCodec.read(payload));
    } catch (MalformedJobException e) {
      return Optional.empty();
    }
  }

  private static Entry entry(SidekiqJob job, Instant at) {
    Map<String, JsonNode> extra = job.extra();
    JsonNode count = extra.get("retry_count");
    return new Entry(
        job.jid(),
        job.className(),
        job.queue(),
        job.args().toString(),
        at,
        count == null ? 0 : count.asInt() + 1,
        text(extra.get("error_message")));
  }

  private static String text(@Nullable JsonNode node) {
    return node == null ? "" : node.asText();
  }
}
