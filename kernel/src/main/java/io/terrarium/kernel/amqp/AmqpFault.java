package io.terrarium.kernel.amqp;

import io.terrarium.kernel.Outage;
import org.jspecify.annotations.Nullable;

/// The broker is away, or did not take the message; sending it again later may help.
public final class AmqpFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;

  AmqpFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isPassing() {
    return true;
  }
}
