package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A job as Sidekiq writes it.
///
/// @param retry how often it is tried again: a number, `true` (25 times) or `false`
/// @param extra all other keys as they came: Sidekiq's `retry_count`, `error_message` and so on,
///   and those of others, such as our `traceparent`, `flow` and `sent_at`
public record SidekiqJob(
    String className,
    List<JsonNode> args,
    String jid,
    String queue,
    JsonNode retry,
    Instant createdAt,
    Map<String, JsonNode> extra) {
  private static final int RETRIES = 25;

  public SidekiqJob {
    args = List.copyOf(args);
    extra = Collections.unmodifiableMap(new LinkedHashMap<>(extra));
  }

  public static SidekiqJob of(
      String className, String queue, String jid, List<JsonNode> args, Instant createdAt) {
    return new SidekiqJob(className, args, jid, queue, BooleanNode.TRUE, createdAt, Map.of());
  }

  /// How often it may be tried again.
  public int retriesMax() {
    if (retry.isInt() || retry.isLong()) {
      return retry.intValue();
    }
    return isRetried() ? RETRIES : 0;
  }

  /// False when a failure simply ends it, without a trace in the dead set, as Sidekiq does.
  public boolean isRetried() {
    return !(retry.isBoolean() && !retry.booleanValue()) && !retry.isNull();
  }

  public Optional<String> text(String key) {
    return Optional.ofNullable(extra.get(key)).filter(JsonNode::isValueNode).map(JsonNode::asText);
  }

  /// How often it failed before this attempt.
  public int failures() {
    JsonNode count = extra.get("retry_count");
    return count == null ? 0 : count.asInt() + 1;
  }

  public SidekiqJob with(String key, JsonNode value) {
    Map<String, JsonNode> more = new LinkedHashMap<>(extra);
    more.put(key, value);
    return new SidekiqJob(className, args, jid, queue, retry, createdAt, more);
  }

  public SidekiqJob with(String key, String value) {
    return with(key, TextNode.valueOf(value));
  }

  public SidekiqJob retriedAtMost(int times) {
    return new SidekiqJob(className, args, jid, queue, IntNode.valueOf(times), createdAt, extra);
  }
}
