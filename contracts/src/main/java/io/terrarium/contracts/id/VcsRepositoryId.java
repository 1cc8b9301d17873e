package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a repository that workspaces follow.
public record VcsRepositoryId(@JsonValue String value) implements Id {
  public static final String PREFIX = "repo-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public VcsRepositoryId {}

  @Override
  public String toString() {
    return value;
  }
}
