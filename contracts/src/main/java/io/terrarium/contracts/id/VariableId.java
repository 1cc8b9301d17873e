package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a variable.
public record VariableId(@JsonValue String value) implements Id {
  public static final String PREFIX = "var-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VariableId {}

  @Override
  public String toString() {
    return value;
  }
}
