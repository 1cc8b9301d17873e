package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names a notification configuration.
public record NotificationConfigurationId(@JsonValue String value) implements Id {
  public static final String PREFIX = "nc-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public NotificationConfigurationId {}

  @Override
  public String toString() {
    return value;
  }
}
