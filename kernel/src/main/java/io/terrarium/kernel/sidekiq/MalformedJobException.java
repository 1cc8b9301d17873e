package io.terrarium.kernel.sidekiq;

import org.jspecify.annotations.Nullable;

/// What lay in the queue is not a Sidekiq job.
public final class MalformedJobException extends Exception {
  private static final long serialVersionUID = 1L;

  MalformedJobException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
