package io.terrarium.stateparser;

import com.fasterxml.jackson.databind.JsonNode;

/// The API's short names of Terraform's types.
final class OutputTypes {
  private OutputTypes() {}

  static String shortName(JsonNode type, JsonNode value) {
    String kind = type.isArray() && !type.isEmpty() ? type.get(0).asText() : type.asText("");
    return switch (kind) {
      case "string" -> "string";
      case "number" -> "number";
      case "bool" -> "boolean";
      case "list", "set", "tuple" -> "array";
      case "map", "object" -> "map";
      default -> ofValue(value);
    };
  }

  /// Of a dynamic type only the value can tell.
  private static String ofValue(JsonNode value) {
    return switch (value.getNodeType()) {
      case STRING -> "string";
      case NUMBER -> "number";
      case BOOLEAN -> "boolean";
      case ARRAY -> "array";
      case OBJECT -> "map";
      default -> "null";
    };
  }
}
