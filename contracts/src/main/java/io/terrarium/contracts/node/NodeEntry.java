package io.terrarium.contracts.node;

import java.time.Instant;
import java.util.Map;

/// What a node says of itself with each beat.
///
/// @param since when this start of the node was first seen
/// @param services `UP` or `DOWN` by name, as the node saw them last
/// @param jobs that its sidekiq processes have in hand
public record NodeEntry(
    String node,
    String version,
    String boot,
    Instant since,
    Map<String, String> services,
    int slots,
    int free,
    long jobs,
    Drain drain) {
  /// Whether it is being taken out of work.
  public enum Drain {
    NONE,
    DRAINING,
    DRAINED
  }

  public NodeEntry {
    services = Map.copyOf(services);
  }
}
