package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.StateVersionId;
import io.terrarium.core.access.Principal;
import io.terrarium.kernel.Fault;
import java.io.IOException;

/// What has changed between two states of a workspace, for who may read them.
public final class StateDifferences {
  private static final long STATE_BYTES_MAX = 64L << 20;

  private final StateVersions versions;
  private final StateObjects objects;

  public StateDifferences(StateVersions versions, StateObjects objects) {
    this.versions = versions;
    this.objects = objects;
  }

  /// @throws Fault.Conflict when they cannot be compared
  public StateDifference between(Principal caller, StateVersionId before, StateVersionId after) {
    StateVersion old = versions.find(caller, before).version();
    StateVersion now = versions.find(caller, after).version();
    if (old.workspaceKey() != now.workspaceKey()) {
      throw new Fault.NotFound();
    }
    String oldObject = object(old);
    String nowObject = object(now);
    try {
      return new StateComparison(() -> objects.open(oldObject), () -> objects.open(nowObject))
          .difference();
    } catch (IOException e) {
      throw new Fault.Unavailable("The states could not be read to their end.", e);
    }
  }

  private static String object(StateVersion version) {
    String object = version.object();
    if (object == null || version.status() != StateVersion.Status.FINALIZED) {
      throw new Fault.Conflict(
          "The state with serial " + version.serial() + " is not stored, or not any more.");
    }
    if (version.bytes() > STATE_BYTES_MAX) {
      throw new Fault.Conflict(
          "The state with serial "
              + version.serial()
              + " has more than "
              + STATE_BYTES_MAX
              + " bytes, which is too much to be compared here. Download both, and compare the"
              + " files.");
    }
    return object;
  }
}
