package io.terrarium.kernel.redis;

import io.terrarium.kernel.Outage;
import org.jspecify.annotations.Nullable;

/// Redis did not do what it was asked for: it is away, too slow, or refused the command.
public final class RedisFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;

  RedisFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isPassing() {
    return true;
  }
}
