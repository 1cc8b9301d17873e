package io.terrarium.contracts.lab;

import java.util.List;

/// A service or a backing server of the mesh.
///
/// @param possible what may be done to it now
/// @param problem why it is not as it was last asked to be, "" when it is
public record LabPart(String name, State state, List<LabAction> possible, String problem) {
  /// How it is.
  public enum State {
    RUNNING,
    STOPPING,
    STOPPED,
    STARTING,
    PAUSED
  }

  public LabPart {
    possible = List.copyOf(possible);
  }
}
