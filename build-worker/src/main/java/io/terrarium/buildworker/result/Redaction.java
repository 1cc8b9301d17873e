package io.terrarium.buildworker.result;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.List;

/// The plan as clients may see it to render it: no sensitive value, and only what rendering needs.
public final class Redaction {
  /// Stands in the place of a sensitive value.
  static final TextNode MASK = TextNode.valueOf("REDACTED_SENSITIVE");

  /// The same for one that the change puts another in the place of.
  static final TextNode MASK_BEFORE = TextNode.valueOf("REDACTED_SENSITIVE_BEFORE");

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
    redacted.set("provider_schemas", needed(plan, schemas.path("provider_schemas")));
    return redacted;
  }

  /// Of each provider the schemas of what the plan changes; all of them may be many megabytes.
  private static ObjectNode needed(JsonNode plan, JsonNode providers) {
    ObjectNode needed = JsonNodeFactory.instance.objectNode();
    for (String list : List.of("resource_changes", "resource_drift")) {
      for (JsonNode item : plan.path(list)) {
        String provider = item.path("provider_name").asText();
        String type = item.path("type").asText();
        String kind =
            item.path("mode").asText().equals("data") ? "data_source_schemas" : "resource_schemas";
        JsonNode schema = providers.path(provider).path(kind).path(type);
        if (schema.isObject()) {
          needed.withObjectProperty(provider).withObjectProperty(kind).set(type, schema);
        }
      }
    }
    return needed;
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
    mask(copy, change, "before", "after", MASK_BEFORE);
    mask(copy, change, "after", "before", MASK);
    return copy;
  }

  private static void mask(
      ObjectNode copy, JsonNode change, String side, String otherSide, TextNode mask) {
    JsonNode value = change.get(side);
    if (value != null) {
      copy.set(side, masked(value, change.path(otherSide), change.path(side + "_sensitive"), mask));
    }
  }

  /// `value` without what `marks` calls sensitive. Terraform shows only what differs, so a
  /// sensitive value that changes differs in its mask, and one that comes or goes has one on one
  /// side alone.
  ///
  /// @param other what stands on the other side of the change
  private static JsonNode masked(JsonNode value, JsonNode other, JsonNode marks, TextNode mask) {
    if (marks.isBoolean() && marks.booleanValue()) {
      return value.isNull() ? value : value.equals(other) ? MASK : mask;
    }
    if (value instanceof ObjectNode object && marks.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      object
          .properties()
          .forEach(field ->
              copy.set(
                  field.getKey(),
                  masked(
                      field.getValue(),
                      other.path(field.getKey()),
                      marks.path(field.getKey()),
                      mask)));
      return copy;
    }
    if (value instanceof ArrayNode array && marks.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode();
      for (int at = 0; at < array.size(); at++) {
        copy.add(masked(array.get(at), other.path(at), marks.path(at), mask));
      }
      return copy;
    }
    return value;
  }
}
