package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What Sidekiq's dashboard shows, for metrics and health.
public record SidekiqStats(
    long processed,
    long failed,
    long scheduled,
    long retries,
    long dead,
    long processes,
    long busy,
    Map<String, Queue> queues) {
  /// @param latency how long the job that is taken next has been waiting
  public record Queue(long size, Duration latency) {}

  public static SidekiqStats read(Redis redis, Instant now) {
    List<Answer> counts =
        redis.callAll(
            List.of(
                Command.of("GET", SidekiqKeys.PROCESSED),
                Command.of("GET", SidekiqKeys.FAILED),
                Command.of("ZCARD", SidekiqKeys.SCHEDULE),
                Command.of("ZCARD", SidekiqKeys.RETRY),
                Command.of("ZCARD", SidekiqKeys.DEAD),
                Command.of("SMEMBERS", SidekiqKeys.PROCESSES),
                Command.of("SMEMBERS", SidekiqKeys.QUEUES)));
    List<Answer> busy = busy(redis, counts.get(5).texts());
    return new SidekiqStats(
        counts.get(0).number(),
        counts.get(1).number(),
        counts.get(2).number(),
        counts.get(3).number(),
        counts.get(4).number(),
        busy.stream().filter(answer -> !answer.isNil()).count(),
        busy.stream().mapToLong(Answer::number).sum(),
        queues(redis, counts.get(6).texts().stream().sorted().toList(), now));
  }

  private static List<Answer> busy(Redis redis, List<String> processes) {
    return redis.callAll(
        processes.stream().map(identity -> Command.of("HGET", identity, "busy")).toList());
  }

  private static Map<String, Queue> queues(Redis redis, List<String> names, Instant now) {
    List<Command> commands = new ArrayList<>();
    for (String name : names) {
      commands.add(Command.of("LLEN", SidekiqKeys.queue(name)));
      commands.add(Command.of("LRANGE", SidekiqKeys.queue(name), "-1", "-1"));
    }
    List<Answer> answers = redis.callAll(commands);
    Map<String, Queue> queues = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      List<String> next = answers.get(2 * i + 1).texts();
      Duration latency = next.isEmpty() ? Duration.ZERO : latency(next.getFirst(), now);
      queues.put(names.get(i), new Queue(answers.get(2 * i).number(), latency));
    }
    return queues;
  }

  private static Duration latency(String payload, Instant now) {
    try {
      JsonNode enqueued = SidekiqCodec.read(payload).extra().get("enqueued_at");
      return enqueued == null || !enqueued.isNumber()
          ? Duration.ZERO
          : Duration.between(EpochSeconds.instant(enqueued.decimalValue()), now);
    } catch (MalformedJobException e) {
      return Duration.ZERO;
    }
  }
}
