package io.terrarium.kernel.sidekiq;

import org.jspecify.annotations.Nullable;

/// What lay in the queue is not a Sidekiq job, or not one that its handler can ever do. No retry
/// helps it, so it goes to the dead set at once.
public final class MalformedJobException extends Exception {
  private static final long serialVersionUID = 1L;

  public MalformedJobException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
