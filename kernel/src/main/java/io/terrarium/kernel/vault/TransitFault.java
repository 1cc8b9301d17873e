package io.terrarium.kernel.vault;

import io.terrarium.kernel.Outage;
import io.terrarium.kernel.client.ServiceFault;

/// Vault did not do what it was asked to; the message never holds what it was to do it with.
public final class TransitFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;

  private final boolean isPassing;

  TransitFault(String message, ServiceFault cause) {
    super(message, cause);
    isPassing = cause.isPassing();
  }

  TransitFault(String message) {
    super(message);
    isPassing = false;
  }

  @Override
  public boolean isPassing() {
    return isPassing;
  }
}
