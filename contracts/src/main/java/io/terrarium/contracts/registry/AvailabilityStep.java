package io.terrarium.contracts.registry;

/// The documents' three steps of module availability, in their order ("Architecture Summary",
/// Module Ingress), as hops number them.
public final class AvailabilityStep {
  /// Of the flow, which has the id of the version.
  public static final String PHASE = "availability";

  /// atlas sends the object id to the registry API.
  public static final int OBJECT_ID_SENT = 1;

  /// The registry API passes the details to the worker.
  public static final int PASSED_TO_WORKER = 2;

  /// The registry worker posts the results to atlas.
  public static final int RESULTS_POSTED = 3;

  private AvailabilityStep() {}
}
