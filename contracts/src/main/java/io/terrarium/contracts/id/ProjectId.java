package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a project.
public record ProjectId(@JsonValue String value) implements Id {
  public static final String PREFIX = "prj-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProjectId {}

  @Override
  public String toString() {
    return value;
  }
}
