package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names the README of a workspace. It is a number without a prefix, as Terraform Enterprise has
/// it.
public record ReadmeId(@JsonValue String value) implements Id {
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public ReadmeId {}

  @Override
  public String toString() {
    return value;
  }
}
