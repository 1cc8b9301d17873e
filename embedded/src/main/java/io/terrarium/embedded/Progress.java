package io.terrarium.embedded;

/// Hears how the local services come up; called from several threads at once.
@FunctionalInterface
public interface Progress {
  /// Where a service is on its way; `FAILED` is followed by the fault itself.
  enum State {
    STARTING,
    READY,
    FAILED,
    STOPPED
  }

  /// Tells that a service has come to `state`, `millis` after its start or its stop began.
  void on(String service, State state, long millis);
}
