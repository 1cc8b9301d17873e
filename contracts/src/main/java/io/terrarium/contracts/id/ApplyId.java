package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names the apply of a run.
public record ApplyId(@JsonValue String value) implements Id {
  public static final String PREFIX = "apply-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ApplyId {}

  @Override
  public String toString() {
    return value;
  }
}
