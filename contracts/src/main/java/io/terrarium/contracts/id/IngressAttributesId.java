package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names the facts of the commit that a configuration comes from.
public record IngressAttributesId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ia-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public IngressAttributesId {}

  @Override
  public String toString() {
    return value;
  }
}
