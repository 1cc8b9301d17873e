package io.terrarium.operations.health;

import java.util.Map;

/// What a service said of itself.
///
/// @param problem why it counts as down, "" where it answered
/// @param checks what it depends on, and whether it reaches it
record ServiceAnswer(String problem, Map<String, Boolean> checks) {
  ServiceAnswer {
    checks = Map.copyOf(checks);
  }

  static ServiceAnswer down(String problem) {
    return new ServiceAnswer(problem, Map.of());
  }

  boolean isUp() {
    return problem.isEmpty();
  }
}
