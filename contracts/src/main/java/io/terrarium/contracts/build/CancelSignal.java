package io.terrarium.contracts.build;

/// Wakes the worker that holds this phase, so that it asks atlas at once. The truth is in the
/// answer to its beat; a lost signal costs only time.
public record CancelSignal(int v, String phaseId) {
  public static final int VERSION = 1;
}
