package io.terrarium.core.admin;

import io.terrarium.contracts.id.RunId;
import io.terrarium.contracts.id.WorkspaceId;
import io.terrarium.core.StatusTimestamps;
import java.time.Instant;

/// A run as site admins see it.
public record AdminRun(
    RunId id,
    String status,
    StatusTimestamps timestamps,
    boolean hasChanges,
    Instant createdAt,
    WorkspaceId workspace,
    String organizationName) {}
