package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a run.
public record RunId(@JsonValue String value) implements Id {
  public static final String PREFIX = "run-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunId {}

  @Override
  public String toString() {
    return value;
  }
}
