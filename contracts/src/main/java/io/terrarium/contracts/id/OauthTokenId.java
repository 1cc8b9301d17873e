package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a token by which a connection gets in.
public record OauthTokenId(@JsonValue String value) implements Id {
  public static final String PREFIX = "ot-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public OauthTokenId {}

  @Override
  public String toString() {
    return value;
  }
}
