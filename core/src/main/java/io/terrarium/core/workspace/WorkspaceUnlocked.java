package io.terrarium.core.workspace;

import org.jdbi.v3.core.Handle;

/// Told, in the same transaction, when a person has let go of a workspace: its queue moves on.
@FunctionalInterface
public interface WorkspaceUnlocked {
  void unlocked(Handle db, long workspaceKey);
}
