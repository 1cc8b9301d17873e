package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a team.
public record TeamId(@JsonValue String value) implements Id {
  public static final String PREFIX = "team-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TeamId {}

  @Override
  public String toString() {
    return value;
  }
}
