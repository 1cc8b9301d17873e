package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.Command;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.util.ArrayList;
import java.util.List;

/// The processes that work on the queues, as Sidekiq's API lists them and asks them to be quiet.
public final class SidekiqProcesses {
  /// As long as Sidekiq keeps a signal for a process that may be gone.
  private static final long SIGNAL_SECONDS = 60;

  private static final LuaScript READ =
      new LuaScript(
          """
          local time = redis.call('TIME')
          local found = {}
          for _, identity in ipairs(redis.call('SMEMBERS', KEYS[1])) do
            local beat = redis.call('HGET', identity, 'beat')
            if beat then
              found[#found + 1] = {identity, redis.call('HGET', identity, 'info') or '',
                redis.call('HGET', identity, 'busy') or '0',
                redis.call('HGET', identity, 'quiet') or 'false',
                tostring(math.floor(time[1] - tonumber(beat)))}
            end
          end
          return found
          """);

  private final Redis redis;

  public SidekiqProcesses(Redis redis) {
    this.redis = redis;
  }

  /// A process that beats.
  ///
  /// @param busy jobs in hand at its last beat
  /// @param isQuiet takes nothing new
  /// @param silentSeconds since its last beat
  public record Member(
      String identity, List<String> labels, long busy, boolean isQuiet, long silentSeconds) {
    public Member {
      labels = List.copyOf(labels);
    }
  }

  public List<Member> list() {
    List<Member> members = new ArrayList<>();
    for (Answer answer : redis.eval(READ, List.of(SidekiqKeys.PROCESSES), List.of()).list()) {
      List<Answer> fields = answer.list();
      members.add(
          new Member(
              fields.get(0).text(),
              labels(fields.get(1).text()),
              fields.get(2).number(),
              fields.get(3).text().equals("true"),
              fields.get(4).number()));
    }
    return members;
  }

  /// Asks a process to take nothing new, as Sidekiq's web page does. It hears of it with its next
  /// beat; who asks looks whether it came about, and asks again.
  public void quiet(String identity) {
    String signals = SidekiqKeys.signals(identity);
    redis.callAll(
        List.of(
            Command.of("LPUSH", signals, "TSTP"),
            Command.of("LTRIM", signals, "0", "0"),
            Command.of("EXPIRE", signals).and(SIGNAL_SECONDS)));
  }

  private static List<String> labels(String info) {
    List<String> labels = new ArrayList<>();
    try {
      for (JsonNode label : SidekiqCodec.MAPPER.readTree(info).path("labels")) {
        labels.add(label.asText());
      }
    } catch (JsonProcessingException e) {
      // Not one of ours; it carries no label that anybody would look for.
      return List.of();
    }
    return labels;
  }
}
