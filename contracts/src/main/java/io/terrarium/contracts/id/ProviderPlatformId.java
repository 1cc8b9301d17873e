package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a version of a provider for one platform.
public record ProviderPlatformId(@JsonValue String value) implements Id {
  public static final String PREFIX = "provpltfrm-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ProviderPlatformId {}

  @Override
  public String toString() {
    return value;
  }
}
