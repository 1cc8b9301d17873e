package io.terrarium.core;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/// When a thing came into which status, under the API's keys such as `planned-at`.
public record StatusTimestamps(@JsonValue Map<String, Instant> times) {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StatusTimestamps {
    times = Map.copyOf(times);
  }

  public static StatusTimestamps none() {
    return new StatusTimestamps(Map.of());
  }

  public StatusTimestamps with(String key, Instant when) {
    Map<String, Instant> more = new TreeMap<>(times);
    more.put(key, when);
    return new StatusTimestamps(more);
  }

  /// As it is kept in a jsonb column.
  public String json() {
    try {
      return Json.KEBAB.writeValueAsString(new TreeMap<>(times));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("times are always JSON", e);
    }
  }

  public static StatusTimestamps of(String json) {
    try {
      return Json.KEBAB.readValue(json, StatusTimestamps.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds times", e);
    }
  }
}
