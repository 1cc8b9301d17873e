package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an output of a state version.
public record StateVersionOutputId(@JsonValue String value) implements Id {
  public static final String PREFIX = "wsout-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StateVersionOutputId {}

  @Override
  public String toString() {
    return value;
  }
}
