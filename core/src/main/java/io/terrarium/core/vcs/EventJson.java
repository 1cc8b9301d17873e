package io.terrarium.core.vcs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrarium.core.vcshost.VcsEvent;
import io.terrarium.kernel.json.Json;
import java.util.ArrayList;
import java.util.List;

/// Between events and the column that keeps them: a list of objects, each with the one key that
/// says what it is.
final class EventJson {
  private EventJson() {}

  static String write(List<VcsEvent> events) {
    ArrayNode all = Json.SNAKE.createArrayNode();
    events.forEach(event -> all.addObject().set(kind(event), Json.SNAKE.valueToTree(event)));
    // PostgreSQL keeps no NUL.
    return all.toString().replace("\\u0000", "\\ufffd");
  }

  static List<VcsEvent> read(String json) {
    try {
      List<VcsEvent> events = new ArrayList<>();
      for (JsonNode one : Json.SNAKE.readTree(json)) {
        String kind = one.fieldNames().next();
        events.add(Json.SNAKE.treeToValue(plain(one.get(kind)), type(kind)));
      }
      return events;
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("the column holds events", e);
    }
  }

  private static JsonNode plain(JsonNode event) {
    // What the record's own questions answer is no part of it.
    return event instanceof ObjectNode object ? object.without("from_fork") : event;
  }

  private static String kind(VcsEvent event) {
    return switch (event) {
      case VcsEvent.Push _ -> "push";
      case VcsEvent.BranchDeleted _ -> "branch_deleted";
      case VcsEvent.TagPush _ -> "tag_push";
      case VcsEvent.TagDeleted _ -> "tag_deleted";
      case VcsEvent.PullRequest _ -> "pull_request";
      case VcsEvent.Ping _ -> "ping";
      case VcsEvent.Ignored _ -> "ignored";
      case VcsEvent.Malformed _ -> "malformed";
    };
  }

  private static Class<? extends VcsEvent> type(String kind) {
    return switch (kind) {
      case "push" -> VcsEvent.Push.class;
      case "branch_deleted" -> VcsEvent.BranchDeleted.class;
      case "tag_push" -> VcsEvent.TagPush.class;
      case "tag_deleted" -> VcsEvent.TagDeleted.class;
      case "pull_request" -> VcsEvent.PullRequest.class;
      case "ping" -> VcsEvent.Ping.class;
      case "ignored" -> VcsEvent.Ignored.class;
      case "malformed" -> VcsEvent.Malformed.class;
      default -> throw new IllegalStateException("unknown kind of event: " + kind);
    };
  }
}
