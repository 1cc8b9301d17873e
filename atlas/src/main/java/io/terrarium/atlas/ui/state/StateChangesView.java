package io.terrarium.atlas.ui.state;

import io.terrarium.core.stateversion.StateDifference;
import io.terrarium.core.stateversion.StateVersion;
import java.util.Optional;

/// What is other between two states.
///
/// @param path of the list of states
/// @param difference empty where they cannot be compared
/// @param reason why not, or ""
public record StateChangesView(
    String path,
    StateVersion before,
    StateVersion after,
    Optional<StateDifference> difference,
    String reason) {}
