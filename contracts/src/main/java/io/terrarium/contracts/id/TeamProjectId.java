package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names what a team may do in a project.
public record TeamProjectId(@JsonValue String value) implements Id {
  public static final String PREFIX = "tprj-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TeamProjectId {}

  @Override
  public String toString() {
    return value;
  }
}
