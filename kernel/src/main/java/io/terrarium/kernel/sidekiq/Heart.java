package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Says that this process lives, as Sidekiq does, and keeps Sidekiq's counters. The beat is stamped
/// by Redis' own clock, so that processes on several machines agree on who is late.
final class Heart {
  private static final String LIFE_SECONDS = "60";
  private static final String STATS_LIFE_SECONDS = Long.toString(5L * 365 * 24 * 60 * 60);

  private static final LuaScript BEAT =
      new LuaScript(
          """
          local time = redis.call('TIME')
          local last = redis.call('HGET', KEYS[1], 'beat')
          redis.call('SADD', KEYS[2], KEYS[1])
          redis.call('HSET', KEYS[1], 'info', ARGV[1], 'busy', ARGV[2], 'quiet', ARGV[3],
            'rtt_us', ARGV[4], 'rss', ARGV[5],
            'beat', time[1] .. '.' .. string.format('%06d', time[2]))
          redis.call('EXPIRE', KEYS[1], ARGV[6])
          return {last or '', redis.call('RPOP', KEYS[3]) or ''}
          """);

  private final Redis redis;
  private final SidekiqOptions options;
  private final WorkInProgress work;
  private final String info;
  private long roundTripMicros;

  Heart(Redis redis, SidekiqOptions options, List<String> labels, WorkInProgress work) {
    this.redis = redis;
    this.options = options;
    this.work = work;
    this.info = info(options, labels);
  }

  /// One beat; the signal that somebody has left for this process, such as `TSTP`.
  Optional<String> beat(boolean isQuiet) {
    String identity = options.identity();
    long began = System.nanoTime();
    Answer answer =
        redis.eval(
            BEAT,
            List.of(identity, SidekiqKeys.PROCESSES, SidekiqKeys.signals(identity)),
            List.of(
                info,
                Integer.toString(work.size()),
                Boolean.toString(isQuiet),
                Long.toString(roundTripMicros),
                Long.toString(residentKilobytes()),
                LIFE_SECONDS));
    roundTripMicros = (System.nanoTime() - began) / 1_000;
    redis.callAll(listing());
    flushCounters();
    return answer.list().getLast().find().filter(signal -> !signal.isEmpty());
  }

  /// The process is no more; whoever is next finds nothing of it but its private lists.
  void stop() {
    flushCounters();
    String identity = options.identity();
    redis.callAll(
        List.of(
            Command.of("SREM", SidekiqKeys.PROCESSES, identity),
            Command.of(
                "UNLINK", identity, SidekiqKeys.workers(identity), SidekiqKeys.work(identity))));
  }

  private List<Command> listing() {
    List<Command> commands = new ArrayList<>();
    for (String queue : options.slots().keySet()) {
      commands.add(
          Command.of("SADD", SidekiqKeys.PRIVATE_LISTS)
              .and(SidekiqKeys.privateList(options.identity(), queue)));
    }
    List<WorkInProgress.Piece> pieces = work.pieces();
    for (String key :
        List.of(SidekiqKeys.workers(options.identity()), SidekiqKeys.work(options.identity()))) {
      commands.add(Command.of("UNLINK", key));
      if (!pieces.isEmpty()) {
        Command list = Command.of("HSET", key);
        pieces.forEach(piece -> list.and(piece.name()).and(piece.json()));
        commands.add(list);
        commands.add(Command.of("EXPIRE", key, LIFE_SECONDS));
      }
    }
    return commands;
  }

  private void flushCounters() {
    long processed = work.processed.sumThenReset();
    long failed = work.failed.sumThenReset();
    if (processed + failed == 0) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
    List<Command> commands = new ArrayList<>();
    count(commands, SidekiqKeys.PROCESSED, today, processed);
    count(commands, SidekiqKeys.FAILED, today, failed);
    try {
      redis.callAll(commands);
    } catch (RuntimeException e) {
      work.processed.add(processed);
      work.failed.add(failed);
      throw e;
    }
  }

  private static void count(List<Command> commands, String key, LocalDate day, long by) {
    String ofDay = key + ":" + day;
    commands.add(Command.of("INCRBY", key).and(by));
    commands.add(Command.of("INCRBY", ofDay).and(by));
    commands.add(Command.of("EXPIRE", ofDay, STATS_LIFE_SECONDS));
  }

  private static String info(SidekiqOptions options, List<String> labels) {
    String[] parts = options.identity().split(":", 3);
    ObjectNode json = SidekiqCodec.MAPPER.createObjectNode();
    json.put("hostname", parts[0]);
    json.set("started_at", EpochSeconds.node(options.clock().instant()));
    json.put("pid", ProcessHandle.current().pid());
    json.put("tag", "terrarium").put("concurrency", options.concurrency());
    json.set("queues", SidekiqCodec.array(options.slots().keySet()));
    json.set("labels", SidekiqCodec.array(labels));
    json.put("identity", options.identity()).put("pid_namespace", Neighbour.pidNamespace());
    return SidekiqCodec.text(json);
  }

  /// 0 where the operating system has no `/proc`.
  private static long residentKilobytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (java.io.IOException | java.io.UncheckedIOException e) {
      return 0;
    }
  }
}
