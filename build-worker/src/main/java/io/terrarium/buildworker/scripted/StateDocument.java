package io.terrarium.buildworker.scripted;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/// A state as terraform writes it: what the script gives, as the next one of its lineage.
final class StateDocument {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final int FORMAT = 4;

  private StateDocument() {}

  /// Complains of what no reader of states could use.
  static void check(ObjectNode state, String path) {
    JsonNode format = state.path("version");
    if (!format.isMissingNode() && !(format.isInt() && format.intValue() == FORMAT)) {
      throw Fields.fault(path + ".version", "must be " + FORMAT);
    }
    JsonNode resources = state.path("resources");
    if (!resources.isArray() && !resources.isMissingNode()) {
      throw Fields.fault(path + ".resources", "must be an array");
    }
    JsonNode outputs = state.path("outputs");
    if (!outputs.isObject() && !outputs.isMissingNode()) {
      throw Fields.fault(path + ".outputs", "must be an object");
    }
    outputs
        .properties()
        .forEach(output -> {
          if (!output.getValue().has("value")) {
            throw Fields.fault(
                path + ".outputs." + output.getKey(), "must be an object with a value");
          }
        });
  }

  /// @param given by the script, empty for what was there `before`
  /// @param workspace whose first state it may be
  static ObjectNode after(
      Optional<JsonNode> before, Optional<ObjectNode> given, String version, String workspace) {
    ObjectNode content =
        given
            .or(() -> before.filter(JsonNode::isObject).map(ObjectNode.class::cast))
            .orElseGet(JSON::objectNode);
    String first =
        content
            .path("lineage")
            .asText(UUID.nameUUIDFromBytes(workspace.getBytes(StandardCharsets.UTF_8)).toString());
    ObjectNode state = JSON.objectNode();
    state.put("version", FORMAT);
    state.put("terraform_version", version);
    state.put("serial", before.map(node -> node.path("serial").asLong()).orElse(0L) + 1);
    state.put("lineage", before.map(node -> node.path("lineage").asText(first)).orElse(first));
    state.set("outputs", outputs(content.path("outputs")));
    state.set(
        "resources",
        content.path("resources").isArray() ? content.path("resources") : JSON.arrayNode());
    state.set(
        "check_results",
        content.path("check_results").isArray() ? content.path("check_results") : JSON.nullNode());
    return state;
  }

  private static ObjectNode outputs(JsonNode given) {
    ObjectNode outputs = JSON.objectNode();
    given
        .properties()
        .forEach(output -> {
          ObjectNode copy = output.getValue().deepCopy();
          if (!copy.has("type")) {
            copy.set("type", type(copy.path("value")));
          }
          outputs.set(output.getKey(), copy);
        });
    return outputs;
  }

  /// As terraform names the types of values.
  private static JsonNode type(JsonNode value) {
    if (value.isArray()) {
      ArrayNode types = JSON.arrayNode();
      value.forEach(item -> types.add(type(item)));
      return JSON.arrayNode().add("tuple").add(types);
    }
    if (value.isObject()) {
      ObjectNode types = JSON.objectNode();
      value.properties().forEach(field -> types.set(field.getKey(), type(field.getValue())));
      return JSON.arrayNode().add("object").add(types);
    }
    return JSON.textNode(
        value.isTextual()
            ? "string"
            : value.isNumber() ? "number" : value.isBoolean() ? "bool" : "dynamic");
  }
}
