package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a module of the private registry.
public record RegistryModuleId(@JsonValue String value) implements Id {
  public static final String PREFIX = "mod-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RegistryModuleId {}

  @Override
  public String toString() {
    return value;
  }
}
