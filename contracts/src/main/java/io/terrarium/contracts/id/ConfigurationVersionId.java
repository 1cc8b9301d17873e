package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an uploaded configuration.
public record ConfigurationVersionId(@JsonValue String value) implements Id {
  public static final String PREFIX = "cv-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ConfigurationVersionId {}

  @Override
  public String toString() {
    return value;
  }
}
