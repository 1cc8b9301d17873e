package io.terrarium.embedded;

/// A local service cannot do what it was asked to; the one-line message names the mend.
public final class EmbeddedFault extends RuntimeException {
  public EmbeddedFault(String message) {
    super(message);
  }

  public EmbeddedFault(String message, Throwable cause) {
    super(message, cause);
  }
}
