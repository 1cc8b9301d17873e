package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an entry in a run's history.
public record RunEventId(@JsonValue String value) implements Id {
  public static final String PREFIX = "re-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RunEventId {}

  @Override
  public String toString() {
    return value;
  }
}
