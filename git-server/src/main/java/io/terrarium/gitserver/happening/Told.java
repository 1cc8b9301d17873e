package io.terrarium.gitserver.happening;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.terrarium.kernel.json.Json;

/// What webhooks are told, whoever wants to hear it.
///
/// @param event as the header names it
/// @param detail the same in Gitea's finer words, by which webhooks choose
record Told(String event, String detail, Object body) {
  String json() {
    try {
      return Json.SNAKE.writeValueAsString(body);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records can be written", e);
    }
  }
}
