package io.terrarium.kernel.objectstore;

import io.terrarium.kernel.Outage;
import org.jspecify.annotations.Nullable;

/// The store did not do what it was asked for.
public final class ObjectStoreFault extends RuntimeException implements Outage {
  private static final long serialVersionUID = 1L;

  ObjectStoreFault(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public boolean isPassing() {
    return true;
  }
}
