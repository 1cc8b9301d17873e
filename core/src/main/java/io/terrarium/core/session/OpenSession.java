package io.terrarium.core.session;

import java.time.Instant;

/// A browser in which somebody is signed in, as they see it themselves.
///
/// @param isThis whether it is the one that asks
public record OpenSession(boolean isThis, Instant createdAt, Instant seenAt) {}
