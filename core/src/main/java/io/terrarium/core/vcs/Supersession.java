package io.terrarium.core.vcs;

import io.terrarium.contracts.id.WorkspaceId;

/// Ends what a newer commit has made pointless.
@FunctionalInterface
public interface Supersession {
  /// Cancels the runs of older commits of a pull request that are not at their end. What cannot be
  /// canceled any more stays.
  void supersede(Newest newest);

  /// The commit that counts.
  ///
  /// @param deliveryKey of the webhook that told of it; what came later is left alone
  record Newest(WorkspaceId workspace, long pullRequest, String sha, long deliveryKey) {}
}
