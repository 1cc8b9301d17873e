package io.terrarium.core.token;

import java.util.Optional;

/// Which team tokens of an organization are asked for.
///
/// @param text a part of the team's name or of the description
/// @param expired only those that have expired, or only those that have not
public record TeamTokenFilter(Optional<String> text, Optional<Boolean> expired) {}
