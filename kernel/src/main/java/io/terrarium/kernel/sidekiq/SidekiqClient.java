package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.Redis;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/// Leaves jobs in Redis.
public final class SidekiqClient {
  private static final int BATCH = 500;

  private final Redis redis;
  private final InstantSource clock;

  public SidekiqClient(Redis redis, InstantSource clock) {
    this.redis = redis;
    this.clock = clock;
  }

  public void push(SidekiqJob job) {
    pushAll(List.of(job));
  }

  /// Pushes in the order given, in as few round trips as there are thousands.
  public void pushAll(List<SidekiqJob> jobs) {
    for (int from = 0; from < jobs.size(); from += BATCH) {
      pushBatch(jobs.subList(from, Math.min(jobs.size(), from + BATCH)));
    }
  }

  /// Leaves `job` for the time given; a process moves it to its queue then.
  public void pushAt(SidekiqJob job, Instant time) {
    String payload = SidekiqCodec.write(job);
    redis.call(Command.of("ZADD", SidekiqKeys.SCHEDULE, EpochSeconds.text(time), payload));
  }

  private void pushBatch(List<SidekiqJob> jobs) {
    TreeMap<String, List<String>> payloads = new TreeMap<>();
    for (SidekiqJob job : jobs) {
      SidekiqJob enqueued = job.with("enqueued_at", EpochSeconds.node(clock.instant()));
      payloads
          .computeIfAbsent(job.queue(), _ -> new ArrayList<>())
          .add(SidekiqCodec.write(enqueued));
    }
    if (payloads.isEmpty()) {
      return;
    }
    List<Command> commands = new ArrayList<>();
    commands.add(Command.of("SADD", SidekiqKeys.QUEUES).and(List.copyOf(payloads.keySet())));
    payloads.forEach(
        (queue, batch) -> commands.add(Command.of("LPUSH", SidekiqKeys.queue(queue)).and(batch)));
    redis.callAll(commands);
  }
}
