package io.terrarium.core.variableset;

import java.util.Optional;

/// Which sets are asked for.
///
/// @param search a part of their names
/// @param global only those that are, or only those that are not
public record VariableSetFilter(Optional<String> search, Optional<Boolean> global) {}
