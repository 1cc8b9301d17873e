package io.terrarium.kernel.objectstore;

import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked for.
public final class ObjectStoreFault extends RuntimeException {
  private static final long serialVersionUID = 1L;

  ObjectStoreFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
