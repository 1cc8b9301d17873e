package io.terrarium.contracts.build;

import com.fasterxml.jackson.annotation.JsonProperty;

/// The part of a run that a build worker does in one go.
public enum Phase {
  @JsonProperty("plan")
  PLAN,
  @JsonProperty("apply")
  APPLY;

  /// As it stands in paths, keys and messages.
  public String wire() {
    return switch (this) {
      case PLAN -> "plan";
      case APPLY -> "apply";
    };
  }
}
