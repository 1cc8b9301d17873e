package io.terrarium.core.stateversion;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrarium.contracts.id.StateVersionOutputId;
import org.jspecify.annotations.Nullable;

/// An output of a state.
///
/// @param value absent where it is sensitive and not asked for by itself
public record StateOutput(
    StateVersionOutputId id,
    String name,
    boolean sensitive,
    String type,
    JsonNode detailedType,
    @Nullable JsonNode value) {
  @Override
  public String toString() {
    return "StateOutput[" + id + "]";
  }
}
