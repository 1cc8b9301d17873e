package io.terrarium.core.workspace;

import java.util.Locale;

/// Where terraform runs.
public enum ExecutionMode {
  REMOTE,
  LOCAL;

  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  static ExecutionMode of(String wire) {
    return valueOf(wire.toUpperCase(Locale.ROOT));
  }
}
