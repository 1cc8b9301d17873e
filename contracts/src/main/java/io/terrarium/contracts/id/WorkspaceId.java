package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a workspace.
public record WorkspaceId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ws-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WorkspaceId {}

  @Override
  public String toString() {
    return value;
  }
}
