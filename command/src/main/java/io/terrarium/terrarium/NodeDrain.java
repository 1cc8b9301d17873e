package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.kernel.redis.Pause;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// Has this node drained, and waits for it. The node drains by itself once it has said yes: this
/// command may be stopped, and run again to wait on.
final class NodeDrain {
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int SILENT_LOOKS_MAX = 120;

  private final ApiAccess operations;

  NodeDrain(ApiAccess operations) {
    this.operations = operations;
  }

  void run(PrintWriter out) {
    out.println("Starting node drain activity...");
    ApiAccess.Answer begun = operations.post("/v1/node/drain", "");
    if (begun.status() != 202) {
      throw new MeshFault("the node does not drain: " + begun.problem());
    }
    out.println("Triggering sidekiq stop");
    out.println("Stopping build worker.");
    await(out);
    out.println("Node drain completed successfully");
  }

  private void await(PrintWriter out) {
    String told = "";
    for (JsonNode status = look(); !isDrained(status); status = look()) {
      List<String> left = new ArrayList<>();
      status.path("waiting_for").forEach(one -> left.add(one.asText()));
      String now = String.join(", ", left);
      if (!now.isEmpty() && !now.equals(told)) {
        out.println("Waiting for: " + now);
        told = now;
      }
      if (!Pause.of(LOOK)) {
        throw new MeshFault("interrupted; the node drains on");
      }
    }
  }

  /// Operations may die in the middle; the one after it goes on.
  private JsonNode look() {
    for (int silent = 1; ; silent++) {
      String problem;
      try {
        ApiAccess.Answer answer = operations.get("/v1/node");
        if (answer.status() == 200) {
          return answer.json();
        }
        problem = answer.problem();
      } catch (MeshFault fault) {
        problem = String.valueOf(fault.getMessage());
      }
      if (silent == SILENT_LOOKS_MAX || !Pause.of(LOOK)) {
        throw new MeshFault(
            "operations does not say how far the drain is ("
                + problem
                + "); it goes on once operations is back: run this command again");
      }
    }
  }

  private static boolean isDrained(JsonNode status) {
    return status.path("entry").path("drain").asText().equals("DRAINED");
  }
}
