package io.terrarium.core.vcs;

import io.terrarium.core.run.NewestCommit;

/// Ends what a newer commit has made pointless.
@FunctionalInterface
public interface Supersession {
  /// Cancels the runs of older commits of a pull request that are not at their end. What cannot be
  /// canceled any more stays.
  void supersede(NewestCommit newest);
}
