package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a run trigger.
public record RunTriggerId(@JsonValue String value) implements Id {
  public static final String PREFIX = "rt-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunTriggerId {}

  @Override
  public String toString() {
    return value;
  }
}
