package io.terrarium.contracts.id;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/// Names one call of a webhook by a Git host.
public record WebhookDeliveryId(@JsonValue String value) implements Id {
  public static final String PREFIX = "whd-";

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  public WebhookDeliveryId {}

  @Override
  public String toString() {
    return value;
  }
}
