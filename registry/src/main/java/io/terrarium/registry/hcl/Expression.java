package io.terrarium.registry.hcl;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/// The right side of an argument.
///
/// @param text as it is written
public record Expression(String text, JsonNode known, boolean isLiteral) {
  static Expression of(String text, Constant constant) {
    return new Expression(text, constant.json(), constant.isWhole());
  }

  /// Its value, where it is a literal through and through.
  public Optional<JsonNode> literal() {
    return isLiteral ? Optional.of(known) : Optional.empty();
  }

  /// Its value, where it is a literal string.
  public Optional<String> string() {
    return literal().filter(JsonNode::isTextual).map(JsonNode::textValue);
  }

  public boolean isTrue() {
    // Terraform takes the string for the boolean.
    return literal()
        .filter(value -> value.booleanValue() || "true".equals(value.textValue()))
        .isPresent();
  }

  /// Of an object the member `name`, where that is a literal string.
  public Optional<String> string(String name) {
    return Optional.ofNullable(known.path(name).textValue());
  }
}
