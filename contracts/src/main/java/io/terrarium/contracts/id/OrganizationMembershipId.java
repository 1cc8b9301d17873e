package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names how somebody belongs to an organization.
public record OrganizationMembershipId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ou-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OrganizationMembershipId {}

  @Override
  public String toString() {
    return value;
  }
}
