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

  /// What atlas said of an object.
  sealed interface Answer {
    record Taken() implements Answer {}

    /// @param isUnknown that no row of atlas can name the object, so it may be removed. Not so when
    ///   an earlier call was left without an answer: that one may have been the one that counted.
    record Refused(String detail, boolean isUnknown) implements Answer {}
  }

  /// @throws Fault.Unavailable when atlas cannot be told
  Answer tell(ObjectStored stored, Flow flow) {
    Map<String, String> headers = new LinkedHashMap<>(flow.headers());
    headers.put("Content-Type", "application/json");
    boolean mayBeTaken = false;
    for (int attempt = 1; ; attempt++) {
      try {
        atlas.post(InternalApi.OBJECTS, stored, headers);
        return new Answer.Taken();
      } catch (ServiceFault fault) {
        if (!isPassing(fault)) {
          return refused(fault, mayBeTaken);
        }
        mayBeTaken |= fault.status() == 0 || fault.status() >= 500;
        if (attempt == TRIES || !pause(attempt)) {
          throw new Fault.Unavailable("The object is stored, but atlas cannot be told.", fault);
        }
      }
    }
  }

  /// A token that atlas does not know says nothing about the upload: it is about to be exchanged.
  private static boolean isPassing(ServiceFault fault) {
    return fault.isPassing() || fault.status() == 401 || fault.status() == 403;
  }

  private static Answer refused(ServiceFault fault, boolean mayBeTaken) {
    String detail = fault.detail().isEmpty() ? "This upload is no longer wanted." : fault.detail();
    return new Answer.Refused(detail, fault.status() == 409 && !mayBeTaken);
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
