package io.terrarium.core.vcs;

import io.terrarium.contracts.id.WorkspaceId;

/// Ends what a newer commit has made pointless.
@FunctionalInterface
public interface Supersession {
  /// Cancels the runs of older commits of a pull request that are not at their end. What cannot be
  /// canceled any more stays.
  ///
  /// @param sha of the newest commit
  void supersede(WorkspaceId workspace, long pullRequest, String sha);
}
