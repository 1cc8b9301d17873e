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

  /// Adds to the counters unless the sum of this number is in them already: the answer may have
  /// been lost with its connection, or by the interrupt that ends the process.
  private static final LuaScript COUNT =
      new LuaScript(
          """
          if redis.call('HGET', KEYS[1], 'counted') == ARGV[1] then return 0 end
          redis.call('HSET', KEYS[1], 'counted', ARGV[1])
          redis.call('EXPIRE', KEYS[1], ARGV[4])
          for index = 2, 5 do
            redis.call('INCRBY', KEYS[index], index < 4 and ARGV[2] or ARGV[3])
          end
          redis.call('EXPIRE', KEYS[3], ARGV[5])
          redis.call('EXPIRE', KEYS[5], ARGV[5])
          return 1
          """);

  private final Redis redis;
  private final SidekiqOptions options;
  private final WorkInProgress work;
  private final String info;
  private long roundTripMicros;
  private Sum sum = new Sum(0, 0, 0);

  /// Jobs that were done, to be added to the counters of all processes.
  ///
  /// @param number of the sums of this process
  private record Sum(long number, long processed, long failed) {
    boolean isEmpty() {
      return processed + failed == 0;
    }
  }

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

  /// What was sent once is sent again until Redis has said that it has it, and is counted once;
  /// then what has come to it since.
  private void flushCounters() {
    send();
    sum = new Sum(sum.number() + 1, work.processed.sumThenReset(), work.failed.sumThenReset());
    send();
  }

  private void send() {
    if (sum.isEmpty()) {
      return;
    }
    LocalDate today = LocalDate.ofInstant(options.clock().instant(), ZoneOffset.UTC);
    redis.eval(
        COUNT,
        List.of(
            options.identity(),
            SidekiqKeys.PROCESSED,
            SidekiqKeys.PROCESSED + ":" + today,
            SidekiqKeys.FAILED,
            SidekiqKeys.FAILED + ":" + today),
        List.of(
            Long.toString(sum.number()),
            Long.toString(sum.processed()),
            Long.toString(sum.failed()),
            LIFE_SECONDS,
            STATS_LIFE_SECONDS));
    sum = new Sum(sum.number(), 0, 0);
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
