package io.terrarium.core.workspace;

import org.jdbi.v3.core.Handle;

/// The state versions of a workspace whose bytes have not come yet; they keep it from being
/// unlocked.
public interface PendingUploads {
  boolean exist(Handle db, long workspaceKey);

  void discard(Handle db, long workspaceKey);
}
