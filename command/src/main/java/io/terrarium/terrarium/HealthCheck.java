package io.terrarium.terrarium;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/// Prints the aggregated health of the mesh as `tfe-admin health-check` does.
final class HealthCheck {
  private final ApiAccess operations;

  HealthCheck(ApiAccess operations) {
    this.operations = operations;
  }

  /// Whether all passed.
  boolean print(PrintWriter out) {
    JsonNode checks = operations.get("/").json().path("checks");
    if (checks.isEmpty()) {
      throw new MeshFault("operations answered without any check; is it of this version?");
    }
    int failed = 0;
    for (JsonNode check : checks) {
      boolean isPassed = check.path("passed").asBoolean();
      out.println("checking: " + check.path("name").asText() + "...");
      out.println("|  checks that " + check.path("description").asText());
      out.println(isPassed ? "|- ✓ PASS" : "|- ✗ ERROR: " + check.path("error").asText());
      out.println();
      failed += isPassed ? 0 : 1;
    }
    out.println(failed == 0 ? "All checks passed." : failed + " checks failed.");
    return failed == 0;
  }
}
