package io.terrarium.core.notification;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/// What a receiver is told of a run.
///
/// @param createdBy name of the person, absent where nobody asked for it
record RunFacts(
    String id,
    String message,
    Instant createdAt,
    @Nullable String createdBy,
    String workspaceId,
    String workspaceName,
    String organizationName) {}
