package io.terrarium.archivist;

import io.terrarium.contracts.archivist.ObjectStored;
import io.terrarium.contracts.hop.Flow;
import io.terrarium.contracts.internal.InternalApi;
import io.terrarium.kernel.Fault;
import io.terrarium.kernel.client.ServiceClient;
import io.terrarium.kernel.client.ServiceFault;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// Tells atlas that an object is stored. The uploader is answered only afterwards, so an upload
/// that atlas does not know of counts as failed, and is repeated by its client.
final class Callbacks implements AutoCloseable {
  private static final int TRIES = 6;
  private static final long PAUSE_MILLIS = 300;

  private final ServiceClient atlas;
  private final CountDownLatch closed = new CountDownLatch(1);

  Callbacks(ServiceClient atlas) {
    this.atlas = atlas;
  }

  /// @throws Fault.Conflict when atlas does not want the object any more, Fault.Unavailable when it
  ///   cannot be told
  void tell(ObjectStored stored, Flow flow) {
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", "application/json");
    for (int attempt = 1; ; attempt++) {
      try {
        atlas.post(InternalApi.OBJECTS, stored, headers);
        return;
      } catch (ServiceFault fault) {
        if (!fault.isPassing()) {
          throw new Fault.Conflict(
              fault.detail().isEmpty() ? "This upload is no longer wanted." : fault.detail());
        }
        if (attempt == TRIES || !pause(attempt)) {
          throw new Fault.Unavailable("The object is stored, but atlas cannot be told.", fault);
        }
      }
    }
  }

  private boolean pause(int attempt) {
    try {
      return !closed.await(PAUSE_MILLIS * attempt, TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
