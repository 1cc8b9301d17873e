package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names what a team may do in a workspace.
public record TeamWorkspaceId(@JsonValue String value) implements Id {
  public static final String PREFIX = "tws-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public TeamWorkspaceId {}

  @Override
  public String toString() {
    return value;
  }
}
