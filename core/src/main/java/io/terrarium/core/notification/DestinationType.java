package io.terrarium.core.notification;

import io.terrarium.kernel.json.Kebab;
import java.util.Optional;

/// Who is told, which settles the form of what they are told.
public enum DestinationType {
  GENERIC,
  SLACK,
  MICROSOFT_TEAMS;

  public String wire() {
    return Kebab.of(this);
  }

  static Optional<DestinationType> of(String wire) {
    return Kebab.read(wire, DestinationType.class);
  }
}
