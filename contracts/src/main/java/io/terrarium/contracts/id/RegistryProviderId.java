package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a provider of a private registry.
public record RegistryProviderId(@JsonValue String value) implements Id {
  public static final String PREFIX = "prov-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RegistryProviderId {}

  @Override
  public String toString() {
    return value;
  }
}
