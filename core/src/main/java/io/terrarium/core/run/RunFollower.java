package io.terrarium.core.run;

import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/// Follows every run, in the transaction of each of its moves.
@FunctionalInterface
public interface RunFollower {
  /// The run has come to its status just now; it was created, if that is `pending`.
  ///
  /// @param actorKey of the person who did it, if one did
  void moved(Handle db, Run run, @Nullable Long actorKey);
}
