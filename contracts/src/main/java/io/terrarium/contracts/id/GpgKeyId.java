package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a public key that signs providers.
public record GpgKeyId(@JsonValue String value) implements Id {
  public static final String PREFIX = "gpgkey-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public GpgKeyId {}

  @Override
  public String toString() {
    return value;
  }
}
