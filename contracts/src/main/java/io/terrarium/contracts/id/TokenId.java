package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an API token (not its secret).
public record TokenId(@JsonValue String value) implements Id {
  public static final String PREFIX = "at-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TokenId {}

  @Override
  public String toString() {
    return value;
  }
}
