package io.terrarium.registry.hcl;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.Optional;

/// What an expression is worth without Terraform's help. Of an object that is not constant as a
/// whole, `json` holds the members that are.
record Constant(JsonNode json, boolean isWhole) {
  static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  /// More than a literal.
  static final Constant NONE = new Constant(NODES.missingNode(), false);

  static Constant of(JsonNode json) {
    return new Constant(json, true);
  }

  static Constant text(String text) {
    return of(NODES.textNode(text));
  }

  Optional<JsonNode> whole() {
    return isWhole ? Optional.of(json) : Optional.empty();
  }
}
