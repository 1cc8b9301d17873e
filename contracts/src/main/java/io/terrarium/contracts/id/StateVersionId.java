package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a version of a workspace's state.
public record StateVersionId(@JsonValue String value) implements Id {
  public static final String PREFIX = "sv-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public StateVersionId {}

  @Override
  public String toString() {
    return value;
  }
}
