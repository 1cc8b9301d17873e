package io.terrarium.core.admin;

import java.util.Optional;

/// Which people are asked for; what is empty narrows nothing.
///
/// @param text a part of the name or of the address
public record AdminUserFilter(
    Optional<String> text, Optional<Boolean> admin, Optional<Boolean> suspended) {}
