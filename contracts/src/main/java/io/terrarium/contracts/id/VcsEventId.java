package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a line about what a Git host told.
public record VcsEventId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ve-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VcsEventId {}

  @Override
  public String toString() {
    return value;
  }
}
