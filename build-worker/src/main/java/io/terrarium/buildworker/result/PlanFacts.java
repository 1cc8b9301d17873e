package io.terrarium.buildworker.result;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.build.BuildEvent.Changes;
import java.util.HashSet;
import java.util.Set;

/// Reads a plan's numbers from its JSON.
public final class PlanFacts {
  private PlanFacts() {}

  /// Terraform's own word where it has one (since 1.7), else whether anything changes.
  public static boolean hasChanges(JsonNode plan) {
    JsonNode applyable = plan.get("applyable");
    if (applyable != null && applyable.isBoolean()) {
      return applyable.booleanValue();
    }
    Changes changes = changes(plan);
    if (changes.additions() + changes.changes() + changes.destructions() + changes.imports() > 0) {
      return true;
    }
    for (JsonNode output : plan.path("output_changes")) {
      if (!actions(output).contains("no-op")) {
        return true;
      }
    }
    return false;
  }

  /// As terraform's summary counts: a replacement is an addition and a destruction.
  public static Changes changes(JsonNode plan) {
    int additions = 0;
    int changed = 0;
    int destructions = 0;
    int imports = 0;
    for (JsonNode resource : plan.path("resource_changes")) {
      JsonNode change = resource.path("change");
      Set<String> actions = actions(change);
      additions += actions.contains("create") ? 1 : 0;
      changed += actions.contains("update") ? 1 : 0;
      destructions += actions.contains("delete") ? 1 : 0;
      imports += change.path("importing").isObject() ? 1 : 0;
    }
    return new Changes(additions, changed, destructions, imports);
  }

  /// Providers that the planned changes name.
  public static Set<String> providers(JsonNode plan) {
    Set<String> names = new HashSet<>();
    for (String list : new String[] {"resource_changes", "resource_drift"}) {
      plan.path(list).forEach(resource -> names.add(resource.path("provider_name").asText()));
    }
    return names;
  }

  private static Set<String> actions(JsonNode change) {
    Set<String> actions = new HashSet<>();
    change.path("actions").forEach(action -> actions.add(action.asText()));
    return actions;
  }
}
