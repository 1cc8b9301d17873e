package io.terrarium.core.runtrigger;

import io.terrarium.contracts.id.RunTriggerId;
import io.terrarium.contracts.id.WorkspaceId;
import java.time.Instant;

/// Says that an apply in `source` queues a run in `workspace`.
public record RunTrigger(long key, RunTriggerId id, End workspace, End source, Instant createdAt) {
  /// One of its two workspaces.
  public record End(long key, WorkspaceId id, String name) {}

  /// Which triggers of a workspace are meant: those that queue runs in it, or those that it sets
  /// off.
  public enum Direction {
    INBOUND,
    OUTBOUND
  }
}
