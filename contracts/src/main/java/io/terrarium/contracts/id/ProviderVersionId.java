package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a version of a provider.
public record ProviderVersionId(@JsonValue String value) implements Id {
  public static final String PREFIX = "provver-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProviderVersionId {}

  @Override
  public String toString() {
    return value;
  }
}
