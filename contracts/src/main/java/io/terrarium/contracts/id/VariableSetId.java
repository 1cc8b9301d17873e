package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a variable set.
public record VariableSetId(@JsonValue String value) implements Id {
  public static final String PREFIX = "varset-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VariableSetId {}

  @Override
  public String toString() {
    return value;
  }
}
