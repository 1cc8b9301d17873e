package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names an SSH key.
public record SshKeyId(@JsonValue String value) implements Id {
  public static final String PREFIX = "sshkey-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public SshKeyId {}

  @Override
  public String toString() {
    return value;
  }
}
