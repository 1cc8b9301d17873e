package io.terrarium.buildworker.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// The plan as clients may see it to render it: no sensitive value, and only what rendering needs.
public final class Redaction {
  private Redaction() {}

  /// @param plan `terraform show -json`
  /// @param schemas `terraform providers schema -json`
  public static ObjectNode of(JsonNode plan, JsonNode schemas) {
    ObjectNode redacted = JsonNodeFactory.instance.objectNode();
    redacted.set("plan_format_version", plan.path("format_version"));
    redacted.set("resource_changes", changes(plan.path("resource_changes")));
    redacted.set("resource_drift", changes(plan.path("resource_drift")));
    ObjectNode outputs = redacted.putObject("output_changes");
    plan.path("output_changes")
        .properties()
        .forEach(output -> outputs.set(output.getKey(), change(output.getValue())));
    redacted.set("relevant_attributes", present(plan.path("relevant_attributes")));
    redacted.set("provider_format_version", schemas.path("format_version"));
    JsonNode providers = schemas.path("provider_schemas");
    redacted.set(
        "provider_schemas",
        providers.isObject() ? providers : JsonNodeFactory.instance.objectNode());
    return redacted;
  }

  private static JsonNode present(JsonNode list) {
    return list.isArray() ? list : JsonNodeFactory.instance.arrayNode();
  }

  private static ArrayNode changes(JsonNode list) {
    ArrayNode redacted = JsonNodeFactory.instance.arrayNode();
    for (JsonNode item : list) {
      ObjectNode copy = item.deepCopy();
      copy.set("change", change(item.path("change")));
      redacted.add(copy);
    }
    return redacted;
  }

  private static JsonNode change(JsonNode change) {
    if (!(change instanceof ObjectNode)) {
      return NullNode.instance;
    }
    ObjectNode copy = change.deepCopy();
    for (String side : List.of("before", "after")) {
      JsonNode value = change.get(side);
      if (value != null) {
        copy.set(side, masked(value, change.path(side + "_sensitive")));
      }
    }
    // Configuration that terraform would generate holds values without marks.
    copy.remove("generated_config");
    return copy;
  }

  /// `value` without what `marks` calls sensitive.
  static JsonNode masked(JsonNode value, JsonNode marks) {
    if (marks.isBoolean() && marks.booleanValue()) {
      return NullNode.instance;
    }
    if (value instanceof ObjectNode object && marks.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field ->
              copy.set(field.getKey(), masked(field.getValue(), marks.path(field.getKey()))));
      return copy;
    }
    if (value instanceof ArrayNode array && marks.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int at = 0; at < array.size(); at++) {
        copy.add(masked(array.get(at), marks.path(at)));
      }
      return copy;
    }
    return value;
  }
}
