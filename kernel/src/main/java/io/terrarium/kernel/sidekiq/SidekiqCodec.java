package io.terrarium.kernel.sidekiq;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Between [SidekiqJob] and its JSON. Numbers stay as they are written, never in powers of ten.
public final class SidekiqCodec {
  static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .configure(JsonGenerator.Feature.WRITE_BIGDECIMAL_AS_PLAIN, true)
          .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
          .build();

  private static final Set<String> OWN_KEYS =
      Set.of("class", "args", "jid", "queue", "retry", "created_at");

  private SidekiqCodec() {}

  public static String write(SidekiqJob job) {
    ObjectNode json = MAPPER.createObjectNode();
    json.put("class", job.className());
    json.set("args", MAPPER.createArrayNode().addAll(job.args()));
    json.put("jid", job.jid());
    json.put("queue", job.queue());
    json.set("retry", job.retry());
    json.set("created_at", EpochSeconds.node(job.createdAt()));
    job.extra().forEach(json::set);
    return text(json);
  }

  public static SidekiqJob read(String payload) throws MalformedJobException {
    JsonNode json = parse(payload);
    if (!json.isObject()) {
      throw new MalformedJobException("a job must be a JSON object", null);
    }
    if (!json.path("args").isArray()) {
      throw new MalformedJobException("the job's args must be an array", null);
    }
    List<JsonNode> args = new ArrayList<>();
    json.path("args").forEach(args::add);
    Map<String, JsonNode> extra = new LinkedHashMap<>();
    json.properties().stream()
        .filter(property -> !OWN_KEYS.contains(property.getKey()))
        .forEach(property -> extra.put(property.getKey(), property.getValue()));
    return new SidekiqJob(
        required(json, "class"),
        args,
        required(json, "jid"),
        json.path("queue").asText("default"),
        json.has("retry") ? json.path("retry") : BooleanNode.TRUE,
        time(json.path("created_at")),
        extra);
  }

  static String text(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a JSON tree can always be written", e);
    }
  }

  static ArrayNode array(Iterable<String> values) {
    ArrayNode array = MAPPER.createArrayNode();
    values.forEach(array::add);
    return array;
  }

  private static JsonNode parse(String payload) throws MalformedJobException {
    try {
      return MAPPER.readTree(payload);
    } catch (JsonProcessingException e) {
      throw new MalformedJobException("not JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static String required(JsonNode json, String key) throws MalformedJobException {
    JsonNode value = json.path(key);
    if (!value.isTextual() || value.asText().isEmpty()) {
      throw new MalformedJobException("the job has no " + key, null);
    }
    return value.asText();
  }

  /// Seconds with a fraction; Sidekiq 8 writes whole milliseconds instead.
  private static Instant time(JsonNode value) {
    if (value.isIntegralNumber() && value.asLong() > 100_000_000_000L) {
      return Instant.ofEpochMilli(value.asLong());
    }
    return value.isNumber() ? EpochSeconds.instant(value.decimalValue()) : Instant.EPOCH;
  }
}
