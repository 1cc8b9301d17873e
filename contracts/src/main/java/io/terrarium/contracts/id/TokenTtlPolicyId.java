package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names how long tokens of one type may live in an organization.
public record TokenTtlPolicyId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ottlp-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TokenTtlPolicyId {}

  @Override
  public String toString() {
    return value;
  }
}
