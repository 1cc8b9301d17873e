package io.terrarium.core.vcshost;

import java.net.URI;

/// What is shown beside a commit.
///
/// @param context which status of ours it is: a later one of the same context replaces it
/// @param target where people read more
public record CommitStatus(State state, String context, String description, URI target) {
  /// How far it has come; hosts that know fewer words get the nearest one.
  public enum State {
    PENDING,
    RUNNING,
    SUCCESS,
    FAILURE,
    ERROR,
    CANCELED
  }
}
