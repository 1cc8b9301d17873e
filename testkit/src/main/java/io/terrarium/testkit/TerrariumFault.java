package io.terrarium.testkit;

import org.jspecify.annotations.Nullable;

/// There is no Terrarium for the tests; the message says what to do.
public final class TerrariumFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TerrariumFault(String message) {
    this(message, null);
  }

  TerrariumFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
