package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a version of a module.
public record ModuleVersionId(@JsonValue String value) implements Id {
  public static final String PREFIX = "modver-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ModuleVersionId {}

  @Override
  public String toString() {
    return value;
  }
}
