package io.terrarium.kernel.vault;

/// Vault did not do what it was asked to; the message never holds what it was to do it with.
public final class TransitFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  TransitFault(String message, Throwable cause) {
    super(message, cause);
  }

  TransitFault(String message) {
    super(message);
  }
}
