package io.terrarium.contracts.archivist;

/// Where the objects of plans and applies are that no row names: by their phase and its attempt.
/// Each attempt writes objects of its own: one that has lost its claim must not change the plan
/// that somebody may have read and confirmed since.
public final class ObjectKeys {
  private static final String LOGS = "logs/";

  private ObjectKeys() {}

  public static String plan(String planId, int attempt) {
    return ofPlan(planId, attempt, "plan");
  }

  public static String planJson(String planId, int attempt) {
    return ofPlan(planId, attempt, "plan.json");
  }

  public static String planJsonRedacted(String planId, int attempt) {
    return ofPlan(planId, attempt, "redacted.json");
  }

  public static String planSchemas(String planId, int attempt) {
    return ofPlan(planId, attempt, "schemas.json");
  }

  /// Of a plan or an apply, whatever its attempts.
  public static String log(String phaseId) {
    return LOGS + phaseId;
  }

  public static boolean isLog(String key) {
    return key.startsWith(LOGS);
  }

  private static String ofPlan(String planId, int attempt, String name) {
    return "plans/" + planId + "/" + attempt + "/" + name;
  }
}
