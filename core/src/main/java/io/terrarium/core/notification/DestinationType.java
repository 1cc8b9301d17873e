package io.terrarium.core.notification;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/// Who is told, which settles the form of what they are told.
public enum DestinationType {
  GENERIC,
  SLACK,
  MICROSOFT_TEAMS;

  public String wire() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  static Optional<DestinationType> of(String wire) {
    return Arrays.stream(values()).filter(type -> type.wire().equals(wire)).findFirst();
  }
}
