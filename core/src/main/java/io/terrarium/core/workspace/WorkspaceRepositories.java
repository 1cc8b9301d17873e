package io.terrarium.core.workspace;

import io.terrarium.kernel.jsonapi.Patch;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Has workspaces follow repositories.
public interface WorkspaceRepositories {
  /// What a workspace follows with the changes; empty for nothing.
  ///
  /// @param current null where it follows nothing yet
  /// @throws io.terrarium.kernel.Fault.Invalid with all that is wrong
  Optional<VcsRepo.Link> settle(
      Handle db, long workspaceKey, @Nullable VcsRepo current, Patch<VcsRepoChanges> changes);

  /// The workspace is about to follow nothing any more.
  void left(Handle db, long workspaceKey);

  /// Whether what the workspace follows could not be fetched the last time.
  boolean hasFailed(Handle db, long workspaceKey);

  /// The workspace follows `link` from now on: what is there now is fetched.
  void followed(Handle db, long workspaceKey, VcsRepo.Link link, boolean queuesRun);
}
