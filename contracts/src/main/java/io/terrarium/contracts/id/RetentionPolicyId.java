package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a data retention policy.
public record RetentionPolicyId(@JsonValue String value) implements Id {
  public static final String PREFIX = "drp-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public RetentionPolicyId {}

  @Override
  public String toString() {
    return value;
  }
}
