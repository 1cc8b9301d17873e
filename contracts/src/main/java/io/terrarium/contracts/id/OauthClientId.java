package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a connection to a Git host.
public record OauthClientId(@JsonValue String value) implements Id {
  public static final String PREFIX = "oc-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OauthClientId {}

  @Override
  public String toString() {
    return value;
  }
}
