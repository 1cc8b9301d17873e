package io.terrarium.buildworker.fault;

import org.jspecify.annotations.Nullable;

/// The build cannot go on; the message is one line for its log and its event.
public final class BuildFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BuildFault(String message) {
    this(message, null);
  }

  public BuildFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /// The message, which is never absent.
  public String line() {
    return String.valueOf(getMessage());
  }
}
