package io.terrarium.kernel.redis;

import org.jspecify.annotations.Nullable;

/// Redis did not do what it was asked for: it is away, too slow, or refused the command.
public final class RedisFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  RedisFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
