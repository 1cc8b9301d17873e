package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names the plan of a run.
public record PlanId(@JsonValue String value) implements Id {
  public static final String PREFIX = "plan-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public PlanId {}

  @Override
  public String toString() {
    return value;
  }
}
