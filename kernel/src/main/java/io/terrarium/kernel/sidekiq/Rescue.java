package io.terrarium.kernel.sidekiq;

import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Puts back the jobs of processes that live no more, and those of our own list that nobody works
/// on, because the answer that brought them was lost with its connection.
final class Rescue {
  private static final Logger LOG = LoggerFactory.getLogger(Rescue.class);

  /// Empties a private list into its queue unless its owner's beat is young; -1 when it is.
  private static final LuaScript RECOVER =
      new LuaScript(
          """
          local beat = redis.call('HGET', KEYS[1], 'beat')
          local time = redis.call('TIME')
          local now = tonumber(time[1]) + tonumber(time[2]) / 1000000
          if beat and ARGV[3] ~= '1' and now - tonumber(beat) < tonumber(ARGV[1]) then
            return -1
          end
          local count = 0
          while redis.call('LMOVE', KEYS[2], KEYS[3], 'LEFT', 'RIGHT') do count = count + 1 end
          if count > 0 then redis.call('SADD', KEYS[5], ARGV[2]) end
          redis.call('SREM', KEYS[4], KEYS[2])
          return count
          """);

  private final Redis redis;
  private final SidekiqOptions options;
  private final Ledger ledger;
  private final WorkInProgress work;
  private final Map<String, List<String>> strangersBefore = new HashMap<>();

  Rescue(Redis redis, SidekiqOptions options, Ledger ledger, WorkInProgress work) {
    this.redis = redis;
    this.options = options;
    this.ledger = ledger;
    this.work = work;
  }

  void recover() {
    String prefix = SidekiqKeys.PRIVATE_LISTS + ":";
    for (String list : redis.call(Command.of("SMEMBERS", SidekiqKeys.PRIVATE_LISTS)).texts()) {
      String[] parts = list.substring(prefix.length()).split(":", 4);
      if (parts.length == 4) {
        recover(list, parts[0] + ":" + parts[1] + ":" + parts[2], parts[3]);
      }
    }
  }

  /// Only what was nobody's at the beat before is nobody's for certain: a job may just now be on
  /// its way from Redis to its handler.
  void reconcile() {
    for (String queue : options.slots().keySet()) {
      List<String> strangers = work.strangers(queue, ledger.taken(queue));
      List<String> lost = new ArrayList<>(strangers);
      List<String> before = new ArrayList<>(strangersBefore.getOrDefault(queue, List.of()));
      lost.removeIf(payload -> !before.remove(payload));
      lost.forEach(payload -> ledger.putBack(queue, payload));
      strangersBefore.put(queue, strangers);
      if (!lost.isEmpty()) {
        LOG.atWarn()
            .addKeyValue("queue", queue)
            .addKeyValue("jobs", lost.size())
            .log("jobs put back that a lost connection had taken");
      }
    }
  }

  private void recover(String list, String owner, String queue) {
    if (owner.equals(options.identity())) {
      return;
    }
    String info = redis.call(Command.of("HGET", owner, "info")).text();
    boolean isKnownDead = Neighbour.isKnownDead(info, options.identity().split(":", 2)[0]);
    long count =
        redis
            .eval(
                RECOVER,
                List.of(
                    owner,
                    list,
                    SidekiqKeys.queue(queue),
                    SidekiqKeys.PRIVATE_LISTS,
                    SidekiqKeys.QUEUES),
                List.of(
                    Double.toString(options.orphanAfter().toMillis() / 1_000.0),
                    queue,
                    isKnownDead ? "1" : "0"))
            .number();
    if (count > 0) {
      LOG.atWarn()
          .addKeyValue("queue", queue)
          .addKeyValue("jobs", count)
          .addKeyValue("process", owner)
          .log("jobs of a dead process put back");
    }
  }
}
