package io.terrarium.core.stateversion;

import io.terrarium.core.workspace.PendingUploads;
import org.jdbi.v3.core.Handle;

/// State versions whose bytes are awaited. Only the newest counts: a client whose upload failed may
/// push again and unlock.
public final class PendingStateStore implements PendingUploads {
  private static final String NEWEST_IS_PENDING =
      """
      SELECT coalesce((SELECT status = 'pending' FROM state_versions
                        WHERE workspace_id = :workspace ORDER BY id DESC LIMIT 1), false)
      """;

  private static final String DISCARD =
      """
      UPDATE state_versions SET status = 'discarded', lock_version = lock_version + 1
       WHERE workspace_id = :workspace AND status = 'pending'
      """;

  @Override
  public boolean exist(Handle db, long workspaceKey) {
    return db.createQuery(NEWEST_IS_PENDING)
        .bind("workspace", workspaceKey)
        .mapTo(Boolean.class)
        .one();
  }

  @Override
  public void discard(Handle db, long workspaceKey) {
    db.createUpdate(DISCARD).bind("workspace", workspaceKey).execute();
  }
}
