package io.terrarium.contracts.internal;

import com.fasterxml.jackson.annotation.JsonProperty;

/// What atlas answers a build worker that beats: whether it may take builds. This answer is the
/// truth; a worker takes nothing before the first one.
public record WorkerOrders(int v, Intake intake) {
  public static final int VERSION = 1;

  /// What a worker shall do with the queues.
  public enum Intake {
    @JsonProperty("open")
    OPEN,
    /// The node is drained: take nothing more, and finish what is in hand.
    @JsonProperty("drain")
    DRAIN,
    /// Atlas cannot tell now; what it said last holds.
    @JsonProperty("as-before")
    AS_BEFORE
  }
}
