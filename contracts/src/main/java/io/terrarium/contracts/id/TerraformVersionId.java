package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a registered version of Terraform.
public record TerraformVersionId(@JsonValue String value) implements Id {
  public static final String PREFIX = "tool-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TerraformVersionId {}

  @Override
  public String toString() {
    return value;
  }
}
