package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an organization (the wire's `external-id`).
public record OrganizationId(@JsonValue String value) implements Id {
  public static final String PREFIX = "org-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrganizationId {}

  @Override
  public String toString() {
    return value;
  }
}
