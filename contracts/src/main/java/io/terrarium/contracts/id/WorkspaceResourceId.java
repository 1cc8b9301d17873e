package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a resource instance of a workspace.
public record WorkspaceResourceId(@JsonValue String value) implements Id {
  public static final String PREFIX = "wsr-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WorkspaceResourceId {}

  @Override
  public String toString() {
    return value;
  }
}
