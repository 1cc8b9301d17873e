package io.terrarium.core.stateversion;

import io.terrarium.contracts.id.RunId;
import java.util.Optional;

/// A state that a client wants to keep.
///
/// @param state its bytes, unless they are uploaded later
/// @param jsonState its JSON form, if it comes along
/// @param force whether it may break the line of its predecessors
public record NewState(
    long serial,
    String md5,
    Optional<String> lineage,
    boolean force,
    Optional<byte[]> state,
    Optional<byte[]> jsonState,
    Optional<RunId> run) {
  @Override
  public String toString() {
    return "NewState[" + serial + "]";
  }
}
