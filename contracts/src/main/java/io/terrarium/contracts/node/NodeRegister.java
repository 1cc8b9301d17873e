package io.terrarium.contracts.node;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import io.terrarium.kernel.redis.Answer;
import io.terrarium.kernel.redis.LuaScript;
import io.terrarium.kernel.redis.Redis;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The nodes that beat. It lies in Redis, whose clock stamps the beats and whose expiry drops who
/// is silent; a Redis that has lost its memory has it again within one beat of each node.
public final class NodeRegister {
  private static final Logger log = LoggerFactory.getLogger(NodeRegister.class);
  private static final String NAMES = "terrarium:nodes";
  private static final String PREFIX = "terrarium:node:";
  private static final String SILENT_SECONDS_MAX = "30";

  private static final LuaScript BEAT =
      new LuaScript(
          """
          local time = redis.call('TIME')
          redis.call('SADD', KEYS[1], ARGV[1])
          redis.call('HSET', KEYS[2], 'entry', ARGV[2],
            'beat', time[1] .. '.' .. string.format('%06d', time[2]))
          redis.call('EXPIRE', KEYS[2], ARGV[3])
          return 1
          """);

  private static final LuaScript LIST =
      new LuaScript(
          """
          local found = {}
          for _, name in ipairs(redis.call('SMEMBERS', KEYS[1])) do
            local node = redis.call('HMGET', ARGV[1] .. name, 'entry', 'beat')
            if node[1] then
              found[#found + 1] = node
            else
              redis.call('SREM', KEYS[1], name)
            end
          end
          return found
          """);

  private final Redis redis;

  public NodeRegister(Redis redis) {
    this.redis = redis;
  }

  /// A node that beats.
  public record Listed(NodeEntry entry, Instant lastBeat) {}

  public void beat(NodeEntry entry) {
    redis.eval(
        BEAT,
        List.of(NAMES, PREFIX + entry.node()),
        List.of(entry.node(), json(entry), SILENT_SECONDS_MAX));
  }

  /// By name.
  public List<Listed> list() {
    List<Listed> nodes = new ArrayList<>();
    for (Answer node : redis.eval(LIST, List.of(NAMES), List.of(PREFIX)).list()) {
      read(node.list().getFirst().text())
          .ifPresent(entry -> nodes.add(new Listed(entry, time(node.list().getLast().text()))));
    }
    nodes.sort(Comparator.comparing(listed -> listed.entry().node()));
    return nodes;
  }

  public Optional<NodeEntry> find(String node) {
    return list().stream()
        .map(Listed::entry)
        .filter(entry -> entry.node().equals(node))
        .findFirst();
  }

  /// A node of another version may write what we cannot read; it hides none of the others.
  private static Optional<NodeEntry> read(String json) {
    try {
      return Optional.of(Json.SNAKE.readValue(json, NodeEntry.class));
    } catch (JsonProcessingException e) {
      log.atWarn().addKeyValue("reason", e.getOriginalMessage()).log("a node's beat is not ours");
      return Optional.empty();
    }
  }

  private static String json(NodeEntry entry) {
    try {
      return Json.SNAKE.writeValueAsString(entry);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("entries are always JSON", e);
    }
  }

  private static Instant time(String seconds) {
    return Instant.ofEpochMilli(new BigDecimal(seconds).movePointRight(3).longValue());
  }
}
